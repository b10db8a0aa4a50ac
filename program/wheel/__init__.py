"""The annual wheel: `load` and `collisions` judge (pure), `year` reads the rows, `words` and `chart` tell it."""
