"""The words of the session log 操作ログ: each list is closed, so that no name of a person fits in."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What happened 操作種別: at the counter, to the log itself, among the staff, to the storage."""

    NUMBER_GIVEN = "number_given"
    NUMBER_DOUBLED = "number_doubled"
    CASE_RENUMBERED = "case_renumbered"
    CASE_OPENED = "case_opened"
    CARD_READ = "card_read"
    READING_FAILED = "reading_failed"
    HAND_ENTERED = "hand_entered"
    PROCEDURES_CHOSEN = "procedures_chosen"
    FORMS_FILLED = "forms_filled"
    FINDING_DECIDED = "finding_decided"
    MISMATCH_ACCEPTED = "mismatch_accepted"
    CARD_FACT_STALE = "card_fact_stale"
    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    ADDRESS_PROTECTED = "address_protected"
    IDENTITY_CHECKED = "identity_checked"
    DOCUMENTS_CHECKED = "documents_checked"
    VISITOR_CONFIRMED = "visitor_confirmed"
    PRINT_RELEASED = "print_released"
    PRINT_DONE = "print_done"
    PRINT_FAILED = "print_failed"
    CASE_SUSPENDED = "case_suspended"
    CASE_RESUMED = "case_resumed"
    CASE_CORRECTED = "case_corrected"
    CASE_CLOSED = "case_closed"
    CASE_CANCELLED = "case_cancelled"

    CASE_APPROVED = "case_approved"
    CASE_SENT_BACK = "case_sent_back"
    CASE_COMMENTED = "case_commented"

    LOG_VIEWED = "log_viewed"
    LOG_SEARCHED = "log_searched"
    LOG_EXPORTED = "log_exported"
    LOG_VERIFIED = "log_verified"
    DAY_CLOSED = "day_closed"
    OFFICE_KEY_MADE = "office_key_made"
    PURGED = "purged"
    DRAFTS_DELETED = "drafts_deleted"
    SETTINGS_CHANGED = "settings_changed"

    STAFF_ADDED = "staff_added"
    STAFF_CHANGED = "staff_changed"
    STAFF_DISABLED = "staff_disabled"
    STAFF_RESET = "staff_reset"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"

    BACKED_UP = "backed_up"
    RESTORED = "restored"
    SCHEMA_UPGRADED = "schema_upgraded"
    CLOCK_SET_BACK = "clock_set_back"
    ROLLED_BACK_SEEN = "rolled_back_seen"
    ROLLED_BACK_ACKNOWLEDGED = "rolled_back_acknowledged"
    SPOOL_MERGED = "spool_merged"
    DISK_LOW = "disk_low"

    DOWNTIME_PRINTED = "downtime_printed"
    DOWNTIME_TAKEN = "downtime_taken"
    DOWNTIME_VOIDED = "downtime_voided"


class Outcome(StrEnum):
    """How a case stands 結果."""

    PRINTED = "printed"
    PRINT_FAILED = "print_failed"
    CANCELLED = "cancelled"
    OPEN = "open"


class Review(StrEnum):
    """What a supervisor said of a case 確認; NONE until one looked at it."""

    NONE = ""
    APPROVED = "approved"
    SENT_BACK = "sent_back"


class LoggedCardKind(StrEnum):
    """The kinds of card the log has a word for カード種別."""

    MYNUMBER = "mynumber"
    DRIVER_LICENCE = "driver_licence"
    RESIDENCE_CARD = "residence_card"
    JUKI_CARD = "juki_card"
    UNKNOWN = "unknown"


class LoggedReadBy(StrEnum):
    """How the person's facts were taken 読取方法: card and PIN, 照合番号B, card number, or typed by hand."""

    PIN = "pin"
    COLLATION_B = "code_b"
    CARD_NUMBER = "number"
    HAND = "hand"


class LoggedRole(StrEnum):
    """What a member of the staff may do 役割."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
