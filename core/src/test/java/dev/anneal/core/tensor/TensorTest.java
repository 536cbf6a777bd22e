package dev.anneal.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.expression.Expression;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;

class TensorTest {
  private final Tensor a = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void theLastIndexRunsFastest() {
    assertEquals(6, a.get(1, 2));
    assertEquals(4, a.get(1, 0));
    assertEquals(5, a.reshape(3, 2).get(2, 0));
    assertEquals(6, a.reshape(1, 2, 3).get(0, 1, 2));
  }

  @Test
  void theProductIsThatOfEjml() {
    Tensor b = Tensor.of(new float[] {1, -2, 0.5f, 4, 3, 7, -1, 2, 6, 1, 0, 9}, 3, 4);
    FMatrixRMaj expected = new FMatrixRMaj(2, 4);
    CommonOps_FDRM.mult(
        new FMatrixRMaj(2, 3, true, a.elements()),
        new FMatrixRMaj(3, 4, true, b.elements()),
        expected);
    Tensor product = a.product(b);
    assertArrayEquals(expected.data, product.elements(), "small whole numbers and halves: exact");
    assertArrayEquals(new int[] {2, 4}, product.shape());
  }

  @Test
  void aFormulaReadsSeveralTensors() {
    Expression x = new Expression.Operand(0);
    Expression y = new Expression.Operand(1);
    Tensor result = a.map(x.times(y).plus(1), a);
    assertArrayEquals(new float[] {2, 5, 10, 17, 26, 37}, result.elements());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[5], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(2, 0));
    assertThrows(IllegalArgumentException.class, () -> a.product(a));
    assertThrows(
        IllegalArgumentException.class, () -> a.map(new Expression.Operand(0), a.reshape(3, 2)));
    assertThrows(IndexOutOfBoundsException.class, () -> a.get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> a.get(0));
  }

  @Test
  void equalityIsOfShapeAndBits() {
    assertEquals(a, Tensor.of(a.elements().clone(), 2, 3));
    assertNotEquals(a, a.reshape(3, 2));
  }
}
