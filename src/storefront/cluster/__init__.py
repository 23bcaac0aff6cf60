"""Building with other machines: pages are made by a Dask cluster, and content and output may lie in an object store."""
