package dev.anneal.core.tensor;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A dense tensor of floats in row-major order: the last index runs fastest. It is what weights and
 * predictions look like from outside; within a training step the engine works on flat arrays.
 * Operations make new tensors and follow the numerical contract of PRECISION.md.
 */
public final class Tensor {
  private final float[] elements;
  private final int[] shape;

  private Tensor(float[] elements, int[] shape) {
    this.elements = elements;
    this.shape = shape;
  }

  /**
   * A tensor over an array, which is not copied.
   *
   * @param elements in row-major order
   * @param shape the extent of each dimension, each at least 1; their product is the number of
   *     elements
   * @return the tensor
   * @throws IllegalArgumentException if shape and number of elements disagree
   */
  public static Tensor of(float[] elements, int... shape) {
    if (size(shape) != elements.length) {
      throw new IllegalArgumentException(
          "%d elements do not fill the shape %s"
              .formatted(elements.length, Arrays.toString(shape)));
    }
    return new Tensor(elements, shape.clone());
  }

  /**
   * A tensor of zeros.
   *
   * @param shape the extent of each dimension, each at least 1
   * @return the tensor
   */
  public static Tensor zeros(int... shape) {
    return new Tensor(new float[size(shape)], shape.clone());
  }

  private static int size(int[] shape) {
    int size = 1;
    for (int extent : shape) {
      if (extent < 1) {
        throw new IllegalArgumentException("no shape: " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /**
   * The extent of each dimension.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * The number of elements.
   *
   * @return at least 1
   */
  public int size() {
    return elements.length;
  }

  /**
   * The elements in row-major order.
   *
   * @return the tensor's own array
   */
  public float[] elements() {
    return elements;
  }

  /**
   * One element.
   *
   * @param index a position in each dimension
   * @return the element there
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int... index) {
    if (index.length != shape.length) {
      throw new IndexOutOfBoundsException(
          "%d indices for %d dimensions".formatted(index.length, shape.length));
    }
    int at = 0;
    for (int d = 0; d < shape.length; d++) {
      at = at * shape[d] + Objects.checkIndex(index[d], shape[d]);
    }
    return elements[at];
  }

  /**
   * The same elements in another shape.
   *
   * @param other as many elements
   * @return a view: both share their elements
   */
  public Tensor reshape(int... other) {
    return of(elements, other);
  }

  /**
   * The matrix product.
   *
   * @param right as many rows as this has columns
   * @return {@code this right}
   * @throws IllegalArgumentException if either is no matrix, or they do not fit
   */
  public Tensor product(Tensor right) {
    if (shape.length != 2 || right.shape.length != 2 || shape[1] != right.shape[0]) {
      throw new IllegalArgumentException("no product of " + this + " and " + right);
    }
    Matrix a = Matrix.zeros(shape[0], shape[1], Layout.ROWS);
    Matrix b = Matrix.zeros(shape[1], right.shape[1], Layout.PANELS);
    Matrix c = Matrix.zeros(shape[0], right.shape[1], Layout.ROWS);
    a.set(elements, 0);
    b.set(right.elements, 0);
    try (Workers alone = new Workers(1)) {
      new MatrixProduct(false, false, Width.preferred(), alone).run(a, b, c, shape[0], shape[1]);
    }
    return of(c.get(), shape[0], right.shape[1]);
  }

  /**
   * A formula for each element.
   *
   * @param value the formula; {@code Operand(0)} is this tensor's element, {@code Operand(i)} that
   *     of the i-th other
   * @param others tensors of the same shape
   * @return a tensor of that shape
   * @throws IllegalArgumentException if a shape differs
   */
  public Tensor map(Expression value, Tensor... others) {
    Tensor result = zeros(shape);
    float[][] arrays = new float[others.length + 2][];
    arrays[0] = elements;
    for (int i = 0; i < others.length; i++) {
      if (!Arrays.equals(shape, others[i].shape)) {
        throw new IllegalArgumentException(this + " and " + others[i] + " differ in shape");
      }
      arrays[i + 1] = others[i].elements;
    }
    int last = arrays.length - 1;
    arrays[last] = result.elements;
    FloatKernel kernel =
        Kernels.compile(
            new KernelSpec(arrays.length, 0, List.of(new KernelSpec.Output(last, value))));
    float[] prepared = new float[kernel.preparedSize()];
    kernel.preparation().prepare(new double[0], prepared);
    kernel.run(arrays, new int[arrays.length], prepared, elements.length);
    return result;
  }

  /** The same shape and the same bits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(elements, tensor.elements);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return "tensor" + Arrays.toString(shape);
  }
}
