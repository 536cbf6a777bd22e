package dev.anneal.core.codegen;

import dev.anneal.core.kernel.Reductions;
import dev.anneal.core.kernel.Width;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles reducers to a loop over vectors that keeps the sixteen partial results of {@link
 * Reductions} in registers. What is left over, and the partial results themselves, are folded here.
 */
public final class ReducerCompiler {
  /** The generated method. */
  interface Loop {
    /**
     * Folds a multiple of {@link Reducer#LANES} numbers, lane by lane.
     *
     * @param lanes receives the partial results
     */
    void run(float[] array, int offset, int n, float[] lanes);
  }

  // Parameters of Loop.run as local variables.
  private static final int ARRAY = 1;
  private static final int OFFSET = 2;
  private static final int N = 3;
  private static final int LANES = 4;

  private static final ClassDesc FLOATS = ConstantDescs.CD_float.arrayType();
  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void, FLOATS, ConstantDescs.CD_int, ConstantDescs.CD_int, FLOATS);

  /** Of fewer numbers the scalar code is as fast. */
  private static final int FEW = 64;

  /** Numbers when a fold is warmed: some rounds of all loops. */
  private static final int WARMING = 8 * Reducer.LANES + 3;

  private record Key(boolean sum, Width width) {}

  private static final ConcurrentHashMap<Key, Reducer> COMPILED = new ConcurrentHashMap<>();

  private ReducerCompiler() {}

  /**
   * The sum, as {@link Reductions#sum} defines it.
   *
   * @param width how many numbers at a time
   * @return the reducer
   */
  public static Reducer sum(Width width) {
    return COMPILED.computeIfAbsent(new Key(true, width), ReducerCompiler::compile);
  }

  /**
   * The largest number, as {@link Reductions#max} defines it.
   *
   * @param width how many numbers at a time
   * @return the reducer
   */
  public static Reducer max(Width width) {
    return COMPILED.computeIfAbsent(new Key(false, width), ReducerCompiler::compile);
  }

  private static Reducer compile(Key key) {
    Reducer scalar =
        key.sum
            ? (array, offset, n, _) -> Reductions.sum(array, offset, n)
            : (array, offset, n, _) -> Reductions.max(array, offset, n);
    if (key.width == Width.SCALAR) {
      return scalar;
    }
    float[] numbers = new float[WARMING];
    float[] lanes = new float[Reducer.LANES];
    TierUp<Reducer> fold =
        TierUp.up(scalar, () -> vector(key), code -> code.of(numbers, 0, WARMING, lanes));
    return (array, offset, n, working) ->
        (n < FEW ? scalar : fold.now(n)).of(array, offset, n, working);
  }

  private static Reducer vector(Key key) {
    Loop loop =
        HiddenClass.define(
            HiddenClass.VECTOR,
            Loop.class,
            type ->
                type.withMethodBody(
                    "run", SIGNATURE, ClassFile.ACC_PUBLIC, code -> write(code, key)));
    return key.sum
        ? (array, offset, n, lanes) -> {
          int whole = n - n % Reducer.LANES;
          loop.run(array, offset, whole, lanes);
          for (int i = whole; i < n; i++) {
            lanes[i - whole] += array[offset + i];
          }
          for (int half = Reducer.LANES / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
              lanes[i] += lanes[i + half];
            }
          }
          return lanes[0];
        }
        : (array, offset, n, lanes) -> {
          int whole = n - n % Reducer.LANES;
          loop.run(array, offset, whole, lanes);
          float largest = lanes[0];
          for (int i = 1; i < Reducer.LANES; i++) {
            largest = Math.max(largest, lanes[i]);
          }
          for (int i = whole; i < n; i++) {
            largest = Math.max(largest, array[offset + i]);
          }
          return largest;
        };
  }

  private static void write(CodeBuilder code, Key key) {
    VectorEmitter emitter = new VectorEmitter(key.width.bits());
    int[] results = new int[Reducer.LANES / emitter.elements()];
    for (int v = 0; v < results.length; v++) {
      results[v] = code.allocateLocal(TypeKind.REFERENCE);
      emitter.constant(code, key.sum ? 0 : Float.NEGATIVE_INFINITY);
      code.astore(results[v]);
    }
    int end = code.allocateLocal(TypeKind.INT);
    Label start = code.newLabel();
    Label done = code.newLabel();
    code.iload(OFFSET).iload(N).iadd().istore(end);
    code.labelBinding(start).iload(OFFSET).iload(end).if_icmpge(done);
    for (int v = 0; v < results.length; v++) {
      code.aload(results[v]).aload(ARRAY).iload(OFFSET).loadConstant(v * emitter.elements()).iadd();
      emitter.load(code);
      emitter.apply(code, key.sum ? LoweredKernel.Op.ADD : LoweredKernel.Op.MAX);
      code.astore(results[v]);
    }
    code.iinc(OFFSET, Reducer.LANES).goto_(start).labelBinding(done);
    for (int v = 0; v < results.length; v++) {
      code.aload(results[v]).aload(LANES).loadConstant(v * emitter.elements());
      emitter.store(code);
    }
    code.return_();
  }
}
