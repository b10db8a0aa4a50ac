"""The red thread from what was said to what is measured: woven by `queries`, laid out by `chain` (pure)."""
