package dev.anneal.data.table;

import dev.anneal.data.table.ColumnReader.Known;

/** Takes the records of a file, field by field. */
interface Fields {
  /** The file declares its next column, before all records. */
  default void declare(String name, Known known) {}

  /** A record begins at a line, counted from 1. */
  void begin(long line);

  /** The record's next field, without blanks around it unless they are quoted. */
  void add(char[] text, int from, int end, boolean quoted);

  /** The record ends. */
  void end();
}
