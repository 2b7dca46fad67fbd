"""The log on a PostgreSQL server by one setting: every verb goes there, and what is wrong is told."""

import dataclasses
import json
import threading

import pytest

from kakanai.app.entry import services
from kakanai.app.log_place import open_log
from kakanai.cli.doctor_database import database_lines
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from kakanai.settings import Paths
from kakanai.settings.counter_number import write_counter_number
from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.town_file import load_town
from kakanai.staff.password_hash import HashCost, PasswordHashing
from tests.cli.conftest import code_of
from tests.drafts.conftest import MemoryKeyring
from tests.postgres import PrivatePostgres, why_not

K = EntryKind
WORD = "mado no yoake 2001!"
SECRET = "himitsu no basho"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    cheap = HashCost(passes=1, memory_kib=8, lanes=1)
    monkeypatch.setattr("kakanai.staff.roster.PasswordHashing", lambda: PasswordHashing(cheap))


@pytest.fixture(autouse=True)
def keyring(monkeypatch):
    """This account's keyring, which no other account reads."""
    backend = MemoryKeyring()
    monkeypatch.setattr("kakanai.drafts.keyring_entry.real_backend", lambda: backend)
    return backend


@pytest.fixture
def use(home):
    """Write the one setting: a database, or any text."""

    def write(database):
        home.mkdir(exist_ok=True)
        text = words(database) if isinstance(database, DatabaseUrl) else database
        (home / "town.toml").write_text(f'[log]\ndatabase = "{text}"\n', encoding="utf-8")
        return database

    return write


@pytest.fixture
def told(kakanai):
    """A verb with --json that goes well; its JSON object."""

    def call(*arguments, stdin=""):
        status, out, err = kakanai(*arguments, "--json", stdin=stdin)
        assert status == 0, err + out
        return json.loads(out)

    return call


def words(url, **more):
    options = "&".join(f"{name}={value}" for name, value in (*url.options, *more.items()))
    return f"{url.place}?{options}"


def kinds(url):
    with SessionLog.open(url) as log:
        return [link.kind for link in log.links()]


def test_a_day_with_the_server(told, kakanai, use, postgres, home, tmp_path, person):
    first, second = postgres.new_database(), postgres.new_database()
    use(first)
    assert told("db", "counter", "3", "--clerk", "2001") == {"number": 3}
    card = ("--reader", "specimen:official-test", "--pin-stdin", "--out", tmp_path / "out")
    number = told("fill", "--forms", "F05", *card, "--clerk", "1024", stdin="1234\n")["case_number"]

    (entry,) = told("log", "day")["entries"]
    assert (entry["case_number"], entry["outcome"]) == (number, "printed")
    (found,) = told("log", "search", "1024", "--why", "audit")["cases"]
    assert (found["case_number"], found["counter"]) == (number, "3")
    assert told("log", "case", number, "--why", "audit")["acts"][0]["counter"] == "3"
    told("log", "verify")
    told("log", "key", "--make")
    assert told("log", "close", "--clerk", "1001")["close"]["staff"] == "1001"
    told("log", "stats")
    told("log", "export", "--why", "audit", "--out", tmp_path / "cases.csv")
    told("log", "report", "--out", tmp_path / "nippo.pdf")
    told("log", "evidence", "--out", tmp_path / "log.jsonl")
    told("db", "check")
    told("db", "check", "--rebuild")
    assert told("db", "purge", "--dry-run")["entries"] == 0
    assert told("db", "purge", "--clerk", "2001")["purged"]
    assert told("db", "upgrade")["upgraded"] is False
    assert told("staff", "whoami")["role"] is None
    saved = told("db", "backup", tmp_path / "saved.sqlite3")

    use(second)
    back = told("db", "restore", tmp_path / "saved.sqlite3", "--clerk", "2001")
    assert (back["seq"], back["kept_as"]) == (saved["entries"] + 1, "")
    assert [one["case_number"] for one in told("log", "day")["entries"]] == [number]
    told("log", "verify")
    assert kinds(first)[: saved["entries"]] == kinds(second)[: saved["entries"]]
    status, out, _ = kakanai("db", "restore", tmp_path / "saved.sqlite3", "--clerk", "2001", "--json")
    assert (status, code_of(out)) == (8, "L-046")

    lines = {line.name: line for line in database_lines(services(Paths(home)))}
    assert lines["database"].detail.startswith("PostgreSQL ")
    assert f"{second.place}、記録 {len(kinds(second))} 件" in lines["database"].detail
    assert lines["connection"].detail == "暗号化なし。パスワードなし(サーバーの設定か証明書)"
    assert lines["connection"].ok  # it is this machine
    assert lines["counter"].detail == "窓口番号 3"
    assert "サインインできる職員 0 人" in lines["away_sign_in"].detail
    assert lines["anchor"].ok
    assert not Paths(home).log_database.exists()


def test_a_hall_moves_from_its_file_to_the_server(told, use, postgres, home, tmp_path):
    staff = ("staff", "add", "2001", "--role", "administrator", "--password-stdin")
    told(*staff, stdin=f"{WORD}\n")
    told("staff", "sign-in", "2001", "--password-stdin", stdin=f"{WORD}\n")
    told("db", "backup", tmp_path / "saved.sqlite3")
    url = postgres.new_database()
    told("town", "set", "log.database", words(url))
    assert Paths(home).log_database.exists()
    stdin = f"{WORD}\n"
    back = told(
        "db",
        "restore",
        tmp_path / "saved.sqlite3",
        "--clerk",
        "2001",
        "--password-stdin",
        stdin=stdin,
    )
    assert kinds(url)[-1] == "restored"
    told("staff", "sign-in", "2001", "--password-stdin", stdin=stdin)
    assert told("staff", "whoami")["number"] == "2001"
    assert back["seq"] < len(kinds(url))


def test_the_demo_goes_there_too(told, use, postgres, home, tmp_path):
    url = use(postgres.new_database())
    assert told("demo", "--out", tmp_path / "out")["log"] == url.place
    assert kinds(url)[-1] == "case_closed"
    assert not Paths(home).log_database.exists()


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:himitsu@db/k", "postgresql://db/k?password=himitsu&user=u"],
)
def test_a_password_in_the_file_is_refused_and_not_repeated(kakanai, use, home, address):
    use(address)
    for verb in (["log", "day"], ["town", "check"], ["town", "show"]):
        status, out, err = kakanai(*verb, "--json")
        assert status == 9
        assert "S-020" in out
        assert "himitsu" not in out + err
    use("")
    status, out, err = kakanai("town", "set", "log.database", address, "--clerk", "2001", "--json")
    assert (status, code_of(out)) == (9, "S-018")
    assert "himitsu" not in out + err + (home / "town.toml").read_text(encoding="utf-8")


def test_what_is_no_address_is_told_with_its_line(kakanai, use):
    use("mysql://himitsu/k")
    status, out, _ = kakanai("town", "check", "--json")
    (mistake,) = json.loads(out)["mistakes"]
    assert (status, mistake["code"], mistake["line"]) == (9, "S-013", 2)
    assert "himitsu" not in out


def test_a_server_that_is_not_there_or_has_no_such_database_is_told(kakanai, use, home, postgres):
    nobody = DatabaseUrl("127.0.0.1", "k", 1, ())
    for url in (nobody, postgres.url("nowhere")):
        use(url)
        status, out, _ = kakanai("log", "day", "--json")
        assert (status, code_of(out)) == (13, "L-017")
        assert url.place in json.loads(out)["error"]["message"]
    use(nobody)
    lines = {line.name: line for line in database_lines(services(Paths(home)))}
    assert not lines["database"].ok
    assert "[L-017]" in lines["database"].detail
    assert not lines["counter"].ok
    assert "db counter" in lines["counter"].cost


def test_a_newer_database_and_one_of_another_program_are_left_alone(kakanai, use, postgres):
    newer, other = postgres.new_database(), postgres.new_database()
    SessionLog.open(newer).close()
    postgres.run("UPDATE schema_version SET version_num = '0099'", newer.database)
    postgres.run("CREATE TABLE entry (x int)", other.database)
    for url, code in ((newer, "L-015"), (other, "L-014")):
        use(url)
        for verb in (["log", "day"], ["log", "verify"], ["db", "check"]):
            status, out, _ = kakanai(*verb, "--json")
            assert (status, code_of(out)) == (13, code)


def test_a_server_has_no_pages_to_rescue(kakanai, use, postgres, tmp_path):
    url = use(postgres.new_database())
    postgres.run("CREATE TABLE entry (x int)", url.database)
    status, out, _ = kakanai("db", "check", "--rescue", tmp_path / "saved.jsonl", "--json")
    assert (status, code_of(out)) == (13, "L-047")
    assert not (tmp_path / "saved.jsonl").exists()


@pytest.fixture
def guarded():
    """A server that asks for a password and proves its name, with one database."""
    if reason := why_not():
        pytest.skip(reason)
    with PrivatePostgres() as server:
        url = server.new_database()
        trusted = server.use_tls()
        server.require_password(SECRET)
        proven = (("sslmode", "verify-full"), ("sslrootcert", str(trusted)))
        yield dataclasses.replace(url, options=url.options + proven)


def test_the_password_comes_from_the_keyring_or_from_libpq(
    told, kakanai, use, guarded, keyring, home, tmp_path, monkeypatch
):
    use(guarded)

    def fails(*verb, stdin=""):
        status, out, err = kakanai(*verb, "--json", stdin=stdin)
        assert status
        assert SECRET not in out + err
        return code_of(out)

    keep = ("db", "password", "--password-stdin")
    assert fails("log", "day") == "L-022"
    assert fails(*keep, stdin="chigau\n") == "L-022"
    assert keyring.kept == {}
    assert told(*keep, stdin=f"{SECRET}\n") == {"kept": True, "server": guarded.place}
    assert keyring.kept == {("kakanai-postgresql", f"kakanai@{guarded.place}"): SECRET}
    assert told("log", "day")["entries"] == []
    proven = "暗号化(TLS)、サーバーの証明書を確かめています"
    assert connection(home) == [proven, "パスワードはこの利用者の鍵束"]

    # What libpq finds by itself comes first, and the keyring is not asked.
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"*:*:*:*:{SECRET}\n", encoding="utf-8")
    passfile.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    keyring.broken = RuntimeError("locked")
    assert connection(home) == [proven, "パスワードは PostgreSQL の決まりの場所(PGPASSFILE など)"]
    keyring.broken = None
    assert fails(*keep, stdin=f"{SECRET}\n") == "L-056"
    monkeypatch.delenv("PGPASSFILE")

    assert told(*keep, stdin=f"{SECRET}\n")["kept"]
    assert told("db", "password", "--forget")["had"]
    assert keyring.kept == {}
    assert fails("log", "day") == "L-022"
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with SessionLog.open(guarded) as log:
        changes = [link.to_entry().names for link in log.links() if link.kind == K.SETTINGS_CHANGED]
        assert changes == [("log.password",)] * 2


def connection(home):
    """What doctor tells of the connection."""
    lines = {line.name: line for line in database_lines(services(Paths(home)))}
    assert SECRET not in repr(lines)
    assert lines["connection"].ok
    return lines["connection"].detail.split("。")


def test_without_a_keyring_or_a_server_there_is_no_password_to_keep(kakanai, use, postgres, keyring):
    use("")
    assert kakanai("db", "password", "--password-stdin", stdin="x\n")[0] == 2
    use(postgres.new_database())
    status, out, _ = kakanai("db", "password", "--password-stdin", "--json", stdin="x\n")
    assert (status, code_of(out)) == (2, "L-056")
    keyring.broken = RuntimeError("no keyring")
    status, out, _ = kakanai("db", "password", "--password-stdin", "--json", stdin="x\n")
    assert (status, code_of(out)) == (13, "L-055")


def test_two_counters_take_numbers_at_once(use, home, tmp_path, postgres):
    url = use(postgres.new_database())
    town = load_town(Paths(home))
    given = []

    def serve(number):
        paths = Paths(tmp_path / f"pc{number}")
        paths.ensure_home()
        write_counter_number(paths, number)
        today = services(paths).today()
        with open_log(paths, town) as log:
            for _ in range(20):
                given.append((log.counter, str(log.next_case_number(today))))

    programs = [threading.Thread(target=serve, args=(number,)) for number in (1, 2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert sorted(number[-4:] for _, number in given) == [f"{serial:04}" for serial in range(1, 41)]
    assert {counter for counter, _ in given} == {"1", "2"}
    assert kinds(url) == []
