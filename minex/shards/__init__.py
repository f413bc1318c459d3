"""Shards: what was read of a part of a file, as a Parquet file that `minex merge` takes into a database.

(:mod:`minex.merge` is something else: it makes one document of several records.)
"""
