package dev.anneal.core.codegen;

import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.core.codegen.LoweredKernel.Store;
import dev.anneal.core.codegen.LoweredKernel.Value;
import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * Compiles a kernel to a class with one method: a loop over vectors, and a scalar loop over what is
 * left. One description gives every target, so the vector kernel, its scalar reference and the
 * double-precision version cannot drift apart.
 */
public final class KernelCompiler {
  /** The generated method in single precision. */
  interface FloatLoop {
    void run(float[][] arrays, int[] offsets, float[] prepared, int n);
  }

  /** The generated method in double precision. */
  interface DoubleLoop {
    void run(double[][] arrays, int[] offsets, double[] prepared, int n);
  }

  /** By its operations: as a tree, a formula whose parts are shared can be far larger. */
  private record Key(
      int arrays, List<Value> values, List<Store> stores, ExpressionGraph prepared, Width width) {}

  /**
   * Kernels that are remembered: far more than some models have. A search over numbers that stand
   * in formulas makes new ones in each trial, whose classes are unloaded with the last model that
   * has them.
   */
  private static final int MOST = 512;

  /**
   * A kernel is compiled once in a process: the JIT's work on a kernel serves every model that
   * needs it.
   */
  private static final Recent<Key, FloatKernel> COMPILED = new Recent<>(MOST);

  /** Of the loop, when a kernel is warmed; then of the one that takes what is left over. */
  private static final int ROUNDS = 8;

  private static final int LEFT_OVER = 3;

  private KernelCompiler() {}

  /**
   * Compiles a kernel in single precision.
   *
   * @param spec what to compute
   * @param width how many elements at a time
   * @return the kernel
   */
  public static FloatKernel compile(KernelSpec spec, Width width) {
    LoweredKernel lowered = LoweredKernel.of(spec, true);
    ExpressionGraph prepared = ExpressionGraph.of(lowered.prepared);
    Key key = new Key(spec.arrays(), lowered.values, lowered.stores, prepared, width);
    return COMPILED.get(key, () -> compile(spec, lowered, prepared, width));
  }

  private static FloatKernel compile(
      KernelSpec spec, LoweredKernel lowered, ExpressionGraph prepared, Width width) {
    FloatLoop scalar =
        define(HiddenClass.SCALAR, FloatLoop.class, spec, lowered, List.of(ScalarEmitter.FLOAT));
    return new CompiledFloat(
        width == Width.SCALAR ? TierUp.always(scalar) : vector(spec, lowered, width, scalar),
        lowered.values.size(),
        prepared);
  }

  private static TierUp<FloatLoop> vector(
      KernelSpec spec, LoweredKernel lowered, Width width, FloatLoop scalar) {
    VectorEmitter emitter = new VectorEmitter(width.bits());
    int n = ROUNDS * emitter.elements() + LEFT_OVER;
    float[][] arrays = new float[spec.arrays()][n];
    int[] offsets = new int[arrays.length];
    float[] prepared = new float[lowered.prepared.size()];
    return TierUp.up(
        scalar,
        () ->
            define(
                HiddenClass.VECTOR,
                FloatLoop.class,
                spec,
                lowered,
                List.of(emitter, ScalarEmitter.FLOAT)),
        loop -> loop.run(arrays, offsets, prepared, n));
  }

  /**
   * Compiles a kernel in double precision.
   *
   * @param spec what to compute
   * @return the kernel
   */
  public static DoubleKernel compileDouble(KernelSpec spec) {
    LoweredKernel lowered = LoweredKernel.of(spec, false);
    DoubleLoop loop =
        define(HiddenClass.SCALAR, DoubleLoop.class, spec, lowered, List.of(ScalarEmitter.DOUBLE));
    ExpressionGraph scalarParts = ExpressionGraph.of(lowered.prepared);
    return (arrays, offsets, scalars, n) -> {
      double[] prepared = new double[scalarParts.roots().size()];
      new ScalarEvaluator(scalarParts).evaluate(scalars, prepared);
      loop.run(arrays, offsets, prepared, n);
    };
  }

  private record CompiledFloat(TierUp<FloatLoop> loop, int operations, ExpressionGraph scalarParts)
      implements FloatKernel {
    @Override
    public int preparedSize() {
      return scalarParts.roots().size();
    }

    @Override
    public Preparation preparation() {
      ScalarEvaluator evaluator = new ScalarEvaluator(scalarParts);
      double[] values = new double[preparedSize()];
      return (scalars, prepared) -> {
        evaluator.evaluate(scalars, values);
        for (int i = 0; i < values.length; i++) {
          prepared[i] = (float) values[i];
        }
      };
    }

    @Override
    public void run(float[][] arrays, int[] offsets, float[] prepared, int n) {
      loop.now((long) operations * n).run(arrays, offsets, prepared, n);
    }
  }

  private static <T> T define(
      String kind, Class<T> type, KernelSpec spec, LoweredKernel lowered, List<Emitter> emitters) {
    boolean single = type == FloatLoop.class;
    ClassDesc array = (single ? ConstantDescs.CD_float : ConstantDescs.CD_double).arrayType();
    MethodTypeDesc signature =
        MethodTypeDesc.of(
            ConstantDescs.CD_void,
            array.arrayType(),
            ConstantDescs.CD_int.arrayType(),
            array,
            ConstantDescs.CD_int);
    return HiddenClass.define(
        kind,
        type,
        c ->
            c.withMethodBody(
                "run",
                signature,
                ClassFile.ACC_PUBLIC,
                code -> new LoopWriter(code, spec.arrays(), lowered).write(emitters)));
  }

  /**
   * Writes the body of {@code run(arrays, offsets, prepared, n)}, whose parameters are locals 1 to
   * 4.
   */
  private record LoopWriter(CodeBuilder code, int arrays, LoweredKernel lowered) {

    void write(List<Emitter> emitters) {
      TypeKind number = emitters.getLast().kind();
      int[] array = new int[arrays];
      int[] offset = new int[arrays];
      for (int k = 0; k < arrays; k++) {
        array[k] = code.allocateLocal(TypeKind.REFERENCE);
        offset[k] = code.allocateLocal(TypeKind.INT);
        code.aload(1).loadConstant(k).aaload().astore(array[k]);
        code.aload(2).loadConstant(k).iaload().istore(offset[k]);
      }
      int i = code.allocateLocal(TypeKind.INT);
      code.iconst_0().istore(i);
      for (Emitter emitter : emitters) {
        loop(emitter, number, array, offset, i);
      }
      code.return_();
    }

    /**
     * {@code while (i < bound) { ...; i += elements; }}. Vectors are made within the loop,
     * constants too: the compiler moves them out itself, and a vector that a local variable carries
     * into the loop may become an object each time the loop begins (240 bytes a step of a small
     * model, 2026-11-21).
     */
    private void loop(Emitter emitter, TypeKind number, int[] array, int[] offset, int i) {
      int[] local = new int[lowered.values.size()];
      int[] prepared = new int[local.length];
      for (int v = 0; v < local.length; v++) {
        local[v] = code.allocateLocal(emitter.kind());
        if (lowered.values.get(v) instanceof Value.Prepared(int index)) {
          prepared[v] = code.allocateLocal(number);
          code.aload(3).loadConstant(index).arrayLoad(number).storeLocal(number, prepared[v]);
        }
      }
      int bound = code.allocateLocal(TypeKind.INT);
      Label start = code.newLabel();
      Label end = code.newLabel();
      code.iload(4).loadConstant(emitter.elements() - 1).isub().istore(bound);
      code.labelBinding(start).iload(i).iload(bound).if_icmpge(end);
      for (int v = 0; v < local.length; v++) {
        switch (lowered.values.get(v)) {
          case Value.Constant(double value) -> emitter.constant(code, value);
          case Value.Prepared _ -> {
            code.loadLocal(number, prepared[v]);
            emitter.broadcast(code);
          }
          case Value.Load(int k) -> {
            code.aload(array[k]).iload(offset[k]).iload(i).iadd();
            emitter.load(code);
          }
          case Value.Apply(LoweredKernel.Op op, List<Integer> arguments) -> {
            arguments.forEach(a -> code.loadLocal(emitter.kind(), local[a]));
            emitter.apply(code, op);
          }
        }
        code.storeLocal(emitter.kind(), local[v]);
      }
      for (Store store : lowered.stores) {
        code.loadLocal(emitter.kind(), local[store.value()]);
        code.aload(array[store.array()]).iload(offset[store.array()]).iload(i).iadd();
        emitter.store(code);
      }
      code.iinc(i, emitter.elements()).goto_(start).labelBinding(end);
    }
  }
}
