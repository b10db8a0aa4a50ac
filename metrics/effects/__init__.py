"""Expected effects: `judge` (pure) says when they are locked and due, and how they went; `aims` what aims at an
indicator. Fetched by `queries`, written by `actions`, said by `wording`."""
