"""Each process put together from the rooms: the only place that knows them all."""
