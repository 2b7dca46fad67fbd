"""Passwords that are tried first by whoever guesses."""

from typing import Final

_WORDS: Final = """
qwertyuiop 1234567890 q1w2e3r4t5 1q2w3e4r5t 4815162342 123456789a 12345qwert 1234554321
password123 123456789q 1029384756 123qweasdzxc soso123aljg manchester 1qaz2wsx3edc 12345678910
q1w2e3r4t5y6 1123581321 qwerty12345 1q2w3e4r5t6y mailcreated5240 1122334455 qazwsxedcrfv
123456qwerty 1234567890q terminator qwerty123456 enterprise 123456789z poiuytrewq rjirfrgbde
fktrcfylhf sojdlg123aljg a123456789 translator qwerty1234 undertaker multiplelo motherlode
rjycnfynby syncmaster aleksandra salamander montgom240 sersolution leavemealone realmadrid
tinkerbell 123456654321 dragonball playstation ghostrider 1234567890a 1357924680 7ugd5hip2j
gfhjkmgfhjkm 9293709b13 microphone 1234567891 vsjasnel12 yjdsqgfhjkm qazwsxedc123 strawberry
anastasiya zxcvbnm123 harrypotter mypassword password12 qwert12345 abrakadabra alessandro
123456789s good123654 7894561230 konstantin highlander ghjcnjgfhjkm tokiohotel sonyericsson
evangelion zxcasdqwe123 liverpool1 pufunga7782 hellokitty ironmaiden ghhh47hj7649 roadrunner
htubcnhfwbz 12345qwerty 123456789m vqsablpzla skateboard q123456789 friendster 123456789d
vfntvfnbrf 0192837465 alexander1 nthvbyfnjh azertyuiop
"""

COMMON: Final = frozenset(_WORDS.split())
"""The hundred commonest of ten characters and more, in small letters, obscene ones left out.

Given: the list of 30,000 in order of frequency in zxcvbn 4.5.0 (MIT; leaked passwords, collected by Mark
Burnett). Shorter ones are refused by their length.
"""
