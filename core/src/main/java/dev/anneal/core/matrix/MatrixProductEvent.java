package dev.anneal.core.matrix;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A product as the flight recorder shows it. */
@Name("dev.anneal.MatrixProduct")
@Label("Matrix Product")
@Category("Anneal")
@Description("A matrix product; its duration contains what is done with the result block by block")
@Threshold("10 ms")
final class MatrixProductEvent extends Event {
  @Label("Rows")
  int rows;

  @Label("Columns")
  int columns;

  @Label("Depth")
  @Description("The dimension that is summed over")
  int depth;
}
