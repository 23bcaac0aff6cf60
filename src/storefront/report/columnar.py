"""A table as Parquet: money as decimals with its currency in the column's metadata, what is not known as null."""

import io

from storefront.report.table import Column, Table, Unit

DIGITS = 38


def written(table: Table) -> bytes:
    """The table without its total."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [
        pa.field(each.key, _type(each), metadata={"title": each.title, "unit": each.unit, "currency": each.currency})
        for each in table.columns
    ]
    schema = pa.schema(fields, metadata={"title": table.title, "notes": "\n".join(table.notes)})
    columns = [[row[index] for row in table.rows] for index in range(len(table.columns))]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _type(column: Column) -> object:
    import pyarrow as pa

    types = {
        Unit.TEXT: pa.string(),
        Unit.DAY: pa.date32(),
        Unit.MONEY: pa.decimal128(DIGITS, 4),  # sums are larger than the amounts that the store holds
        Unit.SHARE: pa.decimal128(DIGITS, 6),
        Unit.DAYS: pa.decimal128(DIGITS, 1),
    }
    return types.get(column.unit, pa.int64())
