"""Files as one zip, the same bytes from the same files."""

import io
import zipfile
from collections.abc import Collection, Mapping

#: Zip files know no earlier time.
_TIME = (1980, 1, 1, 0, 0, 0)


def archive(files: Mapping[str, bytes], programs: Collection[str] = ()) -> bytes:
    """The zip of these files, of which `programs` may be run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.external_attr = (0o100755 if name in programs else 0o100644) << 16
            opened.writestr(info, files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
