package dev.anneal.core.internal.codegen;

import dev.anneal.core.kernel.Width;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Compiles the tile of a matrix product for a width and a shape: one straight method, all of whose
 * sums are local variables.
 */
public final class TileCompiler {
  // Parameters of Tile.run as local variables.
  private static final int A = 1;
  private static final int AO = 2;
  private static final int B = 3;
  private static final int BO = 4;
  private static final int C = 5;
  private static final int CO = 6;
  private static final int STRIDE = 7;
  private static final int K = 8;
  private static final int ADD = 9;

  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_float.arrayType(),
          ConstantDescs.CD_int,
          ConstantDescs.CD_float.arrayType(),
          ConstantDescs.CD_int,
          ConstantDescs.CD_float.arrayType(),
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean);

  private record Key(Width width, int rows, int vectors) {}

  private static final ConcurrentHashMap<Key, Tile> COMPILED = new ConcurrentHashMap<>();

  private final CodeBuilder code;
  private final VectorEmitter emitter;
  private final int rows;
  private final int vectors;
  private final int[] sums;

  private TileCompiler(CodeBuilder code, VectorEmitter emitter, int rows, int vectors) {
    this.code = code;
    this.emitter = emitter;
    this.rows = rows;
    this.vectors = vectors;
    this.sums = new int[rows * vectors];
  }

  /**
   * Compiles a tile.
   *
   * @param width how many columns a vector holds
   * @param rows rows of the tile
   * @param vectors vectors in a row of the tile
   * @return a tile of {@code rows} by {@code vectors * width.floats()}
   */
  public static Tile compile(Width width, int rows, int vectors) {
    return COMPILED.computeIfAbsent(new Key(width, rows, vectors), TileCompiler::compile);
  }

  private static Tile compile(Key key) {
    int rows = key.rows;
    int vectors = key.vectors;
    if (key.width == Width.SCALAR) {
      return new ScalarTile(rows, vectors);
    }
    VectorEmitter emitter = new VectorEmitter(key.width.bits());
    return HiddenClass.define(
        Tile.class,
        type ->
            type.withMethodBody(
                "run",
                SIGNATURE,
                ClassFile.ACC_PUBLIC,
                code -> new TileCompiler(code, emitter, rows, vectors).write()));
  }

  private void write() {
    Label fromZero = code.newLabel();
    Label begin = code.newLabel();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.allocateLocal(TypeKind.REFERENCE);
    }
    code.iload(ADD).ifeq(fromZero);
    forEachVectorOfC(sum -> {
      emitter.load(code);
      code.astore(sum);
    });
    code.goto_(begin).labelBinding(fromZero);
    for (int sum : sums) {
      emitter.constant(code, 0);
      code.astore(sum);
    }
    code.labelBinding(begin);
    alongK();
    forEachVectorOfC(sum -> {
      int index = code.allocateLocal(TypeKind.INT);
      code.istore(index).pop().aload(sum).aload(C).iload(index);
      emitter.store(code);
    });
    code.return_();
  }

  private void alongK() {
    int step = code.allocateLocal(TypeKind.INT);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int[] columns = new int[vectors];
    for (int v = 0; v < vectors; v++) {
      columns[v] = code.allocateLocal(TypeKind.REFERENCE);
    }
    Label start = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(step);
    code.labelBinding(start).iload(step).iload(K).if_icmpge(end);
    for (int v = 0; v < vectors; v++) {
      code.aload(B).iload(BO).loadConstant(v * emitter.elements()).iadd();
      emitter.load(code);
      code.astore(columns[v]);
    }
    for (int row = 0; row < rows; row++) {
      code.aload(A).iload(AO).loadConstant(row).iadd().faload();
      emitter.broadcast(code);
      code.astore(factor);
      for (int v = 0; v < vectors; v++) {
        int sum = sums[row * vectors + v];
        code.aload(factor).aload(columns[v]).aload(sum);
        emitter.apply(code, Lowered.Op.FMA);
        code.astore(sum);
      }
    }
    code.iinc(AO, rows)
        .iinc(BO, vectors * emitter.elements())
        .iinc(step, 1)
        .goto_(start)
        .labelBinding(end);
  }

  /** Leaves array c and the index of each vector on the stack, in the order of {@link #sums}. */
  private void forEachVectorOfC(IntConsumer body) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iload(CO).istore(at);
    for (int row = 0; row < rows; row++) {
      for (int v = 0; v < vectors; v++) {
        code.aload(C).iload(at).loadConstant(v * emitter.elements()).iadd();
        body.accept(sums[row * vectors + v]);
      }
      code.iload(at).iload(STRIDE).iadd().istore(at);
    }
  }
}
