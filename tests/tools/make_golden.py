"""Make the golden pictures of shipped forms anew: `python -m tests.tools.make_golden [F01 …]`.

Without names all of them. Leaves tests/forms/golden/FORM-PAGE.png, and none of a page or form that is gone;
says which pictures changed.
"""

import sys
from collections.abc import Sequence

from tests.forms.conftest import SHIPPED, make_press
from tests.forms.golden_pictures import FOLDER, difference, load, save, small
from tests.forms.poppler import pictures


def main(forms: Sequence[str]) -> int:
    unknown = sorted(set(forms) - set(SHIPPED))
    if unknown:
        print(f"no such form: {' '.join(unknown)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    press = make_press()
    kept = {path for path in FOLDER.glob("*.png") if forms and path.name.split("-")[0] not in forms}
    for form in forms or SHIPPED:
        for number, page in enumerate(pictures(press.renderer.render(press.sample(form))), start=1):
            path = FOLDER / f"{form}-{number}.png"
            kept.add(path)
            picture = small(page)
            if not path.exists():
                print(f"{path.name} is new")
            elif much := difference(picture, load(path)):
                print(f"{path.name} differs by {much} of 255")
            save(picture, path)
    for path in sorted(set(FOLDER.glob("*.png")) - kept):
        path.unlink()
        print(f"{path.name} is gone")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
