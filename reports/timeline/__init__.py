"""Activities by area from start to deadline: as `rows`, and as a picture (`chart`)."""
