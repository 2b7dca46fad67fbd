"""Which log a counter opens: what waits in a spool that is no longer in use is not forgotten."""

import pytest

from kakanai.app.log_place import open_counter_log, open_log
from kakanai.sessionlog.spool_errors import SpoolForeignError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.settings import Paths, load_town
from tests.sessionlog.acts import entry


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path)


def test_a_town_that_went_back_to_a_file_is_told_what_still_waits(paths):
    file = SpoolFile(paths.spool_file)
    file.put_facts(server="db.example/kakanai", counter="3")
    open_counter_log(paths, load_town(paths)).close()
    file.append([entry()])
    with pytest.raises(SpoolForeignError) as caught:
        open_counter_log(paths, load_town(paths))
    assert caught.value.details == {"counter": "3", "server": "db.example/kakanai"}
    assert file.waiting() == 1
    file.close()
    open_log(paths, load_town(paths)).close()  # commands go on: some of them bring it back


def test_a_damaged_spool_that_is_not_in_use_stops_nobody(paths):
    paths.spool_file.write_bytes(b"broken")
    open_counter_log(paths, load_town(paths)).close()
    assert paths.spool_file.read_bytes() == b"broken"
