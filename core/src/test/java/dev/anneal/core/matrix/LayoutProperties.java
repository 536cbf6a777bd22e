package dev.anneal.core.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import java.util.Arrays;
import java.util.BitSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LayoutProperties {
  /** From 1, row after row. */
  private static float[] counted(int size) {
    float[] elements = new float[size];
    for (int i = 0; i < size; i++) {
      elements[i] = i + 1;
    }
    return elements;
  }

  @Property
  void everyElementHasAPlaceOfItsOwn(
      @ForAll Layout layout,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 300) int columns) {
    BitSet taken = new BitSet();
    int size = layout.size(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int index = layout.index(rows, columns, row, column);
        assertTrue(index >= 0 && index < size, row + ", " + column);
        assertFalse(taken.get(index), row + ", " + column);
        taken.set(index);
        if (row > 0) {
          int above = layout.index(rows, columns, row - 1, column);
          assertEquals(above + layout.stride(columns, column), index);
        }
      }
    }
  }

  /** A row lies in one piece, or in one for each panel. */
  @Property
  void aRowIsContiguousUpToAPanel(
      @ForAll Layout layout,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 2, max = 300) int columns) {
    for (int column = 1; column < columns; column++) {
      if (layout == Layout.ROWS || column % 64 != 0) {
        assertEquals(
            layout.index(rows, columns, rows - 1, column - 1) + 1,
            layout.index(rows, columns, rows - 1, column));
      }
    }
  }

  /** Neither of a power of two from 512 bytes on, nor of any other multiple of that. */
  @Property
  void rowsDoNotShareTheSetsOfACache(@ForAll @IntRange(min = 2, max = 100_000) int columns) {
    int stride = Layout.ROWS.stride(columns, 0);
    assertTrue(stride >= columns);
    assertEquals(0, stride % 16);
    assertTrue(stride % (8 * 16) != 0, "stride " + stride);
    assertTrue(stride < columns + 32, "no more than two lines of padding");
  }

  @Property
  void panelsHoldNoMorePaddingThanALineForARow(
      @ForAll @IntRange(min = 1, max = 1000) int rows,
      @ForAll @IntRange(min = 1, max = 1000) int columns) {
    int padding = Layout.PANELS.size(rows, columns) - rows * columns;
    assertTrue(padding >= 0 && padding < 16 * rows);
  }

  @Property
  void whatIsSetIsRead(
      @ForAll Layout layout,
      @ForAll Layout other,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 200) int columns,
      @ForAll @IntRange(min = 0, max = 50) int offset) {
    float[] elements = counted(offset + rows * columns);
    Matrix matrix =
        new Matrix(new float[offset + layout.size(rows, columns)], offset, rows, columns, layout);
    matrix.set(elements, offset);
    float[] expected = Arrays.copyOfRange(elements, offset, elements.length);
    assertArrayEquals(expected, matrix.get());
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        assertEquals(elements[offset + row * columns + column], matrix.get(row, column));
        assertEquals(matrix.get(row, column), matrix.array()[matrix.index(row, column)]);
      }
    }
    Matrix copy = Matrix.zeros(rows, columns, other);
    copy.set(matrix);
    assertArrayEquals(expected, copy.get());
    // Only elements were written: as many numbers other than 0 as there are elements.
    assertEquals(rows * columns, count(matrix.array()));
    assertEquals(rows * columns, count(copy.array()));
    float[] behind = new float[offset + rows * columns + 1];
    copy.get(behind, offset);
    assertArrayEquals(expected, Arrays.copyOfRange(behind, offset, behind.length - 1));
    assertEquals(rows * columns, count(behind));
  }

  private static int count(float[] array) {
    int count = 0;
    for (float x : array) {
      count += x != 0 ? 1 : 0;
    }
    return count;
  }

  /** Each operand ends its array, which goes on for the slack and not an element more. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aProductReadsNoFurtherThanTheSlack(
      @ForAll @IntRange(min = 1, max = 140) int rows,
      @ForAll @IntRange(min = 1, max = 140) int columns,
      @ForAll @IntRange(min = 1, max = 140) int depth,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll Layout left,
      @ForAll Layout right,
      @ForAll Width width) {
    Matrix a =
        Matrix.zeros(
            transposeA ? depth : rows, transposeA ? rows : depth, transposeA ? Layout.ROWS : left);
    Matrix b = Matrix.zeros(transposeB ? columns : depth, transposeB ? depth : columns, right);
    Matrix c = Matrix.zeros(rows, columns, Layout.ROWS);
    for (Matrix each : new Matrix[] {a, b, c}) {
      assertEquals(
          each.layout().size(each.rows(), each.columns()) + each.layout().slack(each.columns()),
          each.array().length);
    }
    float[] ones = new float[140 * 140];
    Arrays.fill(ones, 1);
    a.set(ones, 0);
    b.set(ones, 0);
    try (Workers alone = new Workers(1)) {
      new MatrixProduct(transposeA, transposeB, width, alone).run(a, b, c, rows, depth);
    }
    float[] expected = new float[rows * columns];
    Arrays.fill(expected, depth);
    assertArrayEquals(expected, c.get());
  }

  @Example
  void whatNoArrayCanHoldIsRefused() {
    for (Layout layout : Layout.values()) {
      assertThrows(InputException.class, () -> layout.size(1 << 20, 1 << 11));
      assertThrows(InputException.class, () -> Matrix.zeros(1 << 20, 1 << 11, layout));
    }
  }
}
