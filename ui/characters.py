"""Characters that no reader sees."""

import re

# Tab and line breaks pass.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
