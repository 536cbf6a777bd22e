package dev.anneal.data.prepare;

import dev.anneal.data.table.Dialect;
import dev.anneal.data.table.Table;

/**
 * What a file has between fields, before decimals and between thousands.
 *
 * @param separator between fields
 * @param decimal before decimals
 * @param thousands between thousands
 */
record Marks(char separator, char decimal, char thousands) {
  static Marks of(Table table) {
    Dialect dialect = table.dialect();
    return new Marks(dialect.separator(), dialect.decimal(), dialect.thousands());
  }
}
