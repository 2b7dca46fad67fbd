CREATE TABLE case_code (
    code VARCHAR(5) NOT NULL,
    day DATE NOT NULL,
    case_seq INTEGER NOT NULL,
    PRIMARY KEY (code, day, case_seq)
)
 WITHOUT ROWID;
CREATE TABLE case_form (
    form VARCHAR(10) NOT NULL,
    day DATE NOT NULL,
    case_seq INTEGER NOT NULL,
    PRIMARY KEY (form, day, case_seq)
)
 WITHOUT ROWID;
CREATE TABLE case_line (
    case_seq INTEGER NOT NULL,
    case_number VARCHAR(16) NOT NULL,
    day DATE NOT NULL,
    opened_at VARCHAR(27) NOT NULL,
    finished_at VARCHAR(27),
    staff VARCHAR(16) NOT NULL,
    counter VARCHAR(8) NOT NULL,
    card_kind VARCHAR(16) NOT NULL,
    read_by VARCHAR(8) NOT NULL,
    authenticity VARCHAR(5) NOT NULL,
    procedures TEXT NOT NULL,
    chosen_at VARCHAR(27) NOT NULL,
    forms TEXT NOT NULL,
    is_form_filled BOOLEAN NOT NULL,
    codes TEXT NOT NULL,
    pages INTEGER NOT NULL,
    outcome VARCHAR(12) NOT NULL,
    review VARCHAR(9) NOT NULL,
    entries INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    releases INTEGER NOT NULL,
    overrides INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    is_lookup BOOLEAN NOT NULL,
    is_unusual_hour BOOLEAN NOT NULL,
    worked_s INTEGER NOT NULL,
    running_since VARCHAR(27),
    last_seq INTEGER NOT NULL,
    last_at VARCHAR(27) NOT NULL,
    PRIMARY KEY (case_seq)
);
CREATE INDEX ix_case_line_card_kind ON case_line (card_kind, day, case_seq);
CREATE UNIQUE INDEX ix_case_line_case_number ON case_line (case_number);
CREATE INDEX ix_case_line_counter ON case_line (counter, day, case_seq);
CREATE INDEX ix_case_line_day ON case_line (day, case_seq);
CREATE INDEX ix_case_line_failed ON case_line (day, case_seq) WHERE failures > 0;
CREATE INDEX ix_case_line_lookup ON case_line (day, case_seq) WHERE is_lookup;
CREATE INDEX ix_case_line_outcome ON case_line (outcome, day, case_seq);
CREATE INDEX ix_case_line_overridden ON case_line (day, case_seq) WHERE overrides > 0;
CREATE INDEX ix_case_line_reprinted ON case_line (day, case_seq) WHERE releases > 1;
CREATE INDEX ix_case_line_review ON case_line (review, day, case_seq);
CREATE INDEX ix_case_line_staff ON case_line (staff, day, case_seq);
CREATE INDEX ix_case_line_unusual ON case_line (day, case_seq) WHERE is_unusual_hour;
CREATE TABLE case_procedure (
    procedure VARCHAR(40) NOT NULL,
    day DATE NOT NULL,
    case_seq INTEGER NOT NULL,
    chosen_at VARCHAR(27) NOT NULL,
    PRIMARY KEY (procedure, day, case_seq)
)
 WITHOUT ROWID;
CREATE TABLE case_sum (
    dimension VARCHAR(15) NOT NULL,
    day DATE NOT NULL,
    member VARCHAR(40) NOT NULL,
    cases INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    worked_s INTEGER NOT NULL,
    printed INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    print_failed INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    overrides INTEGER NOT NULL,
    reprints INTEGER NOT NULL,
    lookups INTEGER NOT NULL,
    unusual INTEGER NOT NULL,
    PRIMARY KEY (dimension, day, member)
)
 WITHOUT ROWID;
CREATE TABLE counter_place (
    number SMALLINT NOT NULL,
    machine VARCHAR(64) NOT NULL,
    at VARCHAR(27) NOT NULL,
    PRIMARY KEY (number)
);
CREATE TABLE day_close (
    day DATE NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    head VARCHAR(64) NOT NULL,
    entries INTEGER NOT NULL,
    staff VARCHAR(16) NOT NULL,
    at VARCHAR(27) NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    signature VARCHAR(128) NOT NULL,
    previous VARCHAR(64) NOT NULL,
    PRIMARY KEY (day)
);
CREATE TABLE entry (
    seq INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    day DATE NOT NULL,
    kind VARCHAR(32) NOT NULL,
    case_number VARCHAR(16) NOT NULL,
    staff VARCHAR(16) NOT NULL,
    counter VARCHAR(8) NOT NULL,
    body TEXT,
    salt VARCHAR(32),
    body_hash VARCHAR(64) NOT NULL,
    prev VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (seq)
);
CREATE INDEX ix_entry_act ON entry (kind, day, seq) WHERE case_number = '';
CREATE INDEX ix_entry_case_number ON entry (case_number, seq);
CREATE INDEX ix_entry_day ON entry (day, seq);
CREATE TABLE merged_spool (
    spool VARCHAR(32) NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (spool)
);
CREATE TABLE office_key (
    key_id VARCHAR(16) NOT NULL,
    public VARCHAR(64) NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    staff VARCHAR(16) NOT NULL,
    PRIMARY KEY (key_id)
);
CREATE TABLE secret (
    name VARCHAR(32) NOT NULL,
    value VARCHAR(64) NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE sign_in_failure (
    attempt VARCHAR(32) NOT NULL,
    number VARCHAR(16),
    machine VARCHAR(64) NOT NULL,
    at VARCHAR(27) NOT NULL,
    PRIMARY KEY (attempt)
);
CREATE INDEX ix_sign_in_failure_machine ON sign_in_failure (machine);
CREATE INDEX ix_sign_in_failure_number ON sign_in_failure (number);
CREATE TABLE staff (
    number VARCHAR(16) NOT NULL,
    role VARCHAR(16) NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    card_uid_hash VARCHAR(64),
    created_at VARCHAR(27) NOT NULL,
    disabled_at VARCHAR(27),
    must_change BOOLEAN NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (card_uid_hash)
);
CREATE TABLE staff_session (
    token_hash VARCHAR(64) NOT NULL,
    number VARCHAR(16) NOT NULL,
    place VARCHAR(8) NOT NULL,
    account VARCHAR(64) NOT NULL,
    started_at VARCHAR(27) NOT NULL,
    ends_at VARCHAR(27) NOT NULL,
    ended_at VARCHAR(27),
    PRIMARY KEY (token_hash)
);
CREATE INDEX ix_staff_session_number ON staff_session (number);
