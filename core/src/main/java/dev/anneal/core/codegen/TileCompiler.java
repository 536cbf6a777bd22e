package dev.anneal.core.codegen;

import dev.anneal.core.kernel.Width;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Compiles the tile of a matrix product, or of a convolution, for a width and a shape: one straight
 * method, all of whose sums are local variables. Whether they start at 0 is decided here: a method
 * that decides it when it is called spills registers in its loop (90 instead of 113 GFLOP/s;
 * 2026-11-21, Zen 4).
 */
public final class TileCompiler {
  // Parameters of Tile.run and PatchTile.run as local variables.
  private static final int A = 1;
  private static final int AO = 2;
  private static final int AS = 3;
  private static final int B = 4;
  private static final int BO = 5;
  private static final int BS = 6;
  private static final int C = 7;
  private static final int CO = 8;
  private static final int CS = 9;
  private static final int K = 10;
  private static final int PASSES = 11;
  private static final int AN = 12;

  private static final ClassDesc FLOATS = ConstantDescs.CD_float.arrayType();
  private static final ClassDesc INT = ConstantDescs.CD_int;
  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void, FLOATS, INT, INT, FLOATS, INT, INT, FLOATS, INT, INT, INT);
  private static final MethodTypeDesc PATCH_SIGNATURE =
      SIGNATURE.insertParameterTypes(SIGNATURE.parameterCount(), INT, INT);

  private record Key(Width width, boolean transposed, boolean add, int rows, int vectors) {}

  private static final ConcurrentHashMap<Key, TierUp<Tile>> COMPILED = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Key, TierUp<PatchTile>> PATCHES =
      new ConcurrentHashMap<>();

  /** Of the loop, when a tile is warmed. */
  private static final int ROUNDS = 8;

  private final CodeBuilder code;
  private final VectorEmitter emitter;
  private final boolean transposed;
  private final boolean add;
  private final boolean patches;
  private final int rows;
  private final int vectors;
  private final int[] sums;

  private TileCompiler(CodeBuilder code, Key key, boolean patches) {
    this.code = code;
    this.emitter = new VectorEmitter(key.width.bits());
    this.transposed = key.transposed;
    this.add = key.add;
    this.patches = patches;
    this.rows = key.rows;
    this.vectors = key.vectors;
    this.sums = new int[rows * vectors];
  }

  /**
   * Compiles a tile.
   *
   * @param width how many columns a vector holds
   * @param transposed whether the left matrix is stored as its transpose
   * @param add whether the sums start from what the result holds, or from 0
   * @param rows rows of the tile
   * @param columns columns of the tile, a multiple of the width
   * @return the tile
   */
  public static TierUp<Tile> compile(
      Width width, boolean transposed, boolean add, int rows, int columns) {
    return COMPILED.computeIfAbsent(
        new Key(width, transposed, add, rows, columns / width.floats()), TileCompiler::compile);
  }

  private static TierUp<Tile> compile(Key key) {
    int columns = key.vectors * key.width.floats();
    Tile scalar = new ScalarTile(key.transposed, key.add, key.rows, columns);
    if (key.width == Width.SCALAR) {
      return TierUp.always(scalar);
    }
    int stride = Math.max(key.rows, ROUNDS); // in either direction
    float[] a = new float[stride * stride];
    float[] b = new float[ROUNDS * columns];
    float[] c = new float[key.rows * columns];
    return TierUp.up(
        scalar,
        () ->
            HiddenClass.define(
                HiddenClass.VECTOR,
                Tile.class,
                type ->
                    type.withMethodBody(
                        "run",
                        SIGNATURE,
                        ClassFile.ACC_PUBLIC,
                        code -> new TileCompiler(code, key, false).write())),
        tile -> tile.run(a, 0, stride, b, 0, columns, c, 0, columns, ROUNDS));
  }

  /**
   * Compiles a tile of a convolution, whose sums start from 0.
   *
   * @param width how many columns a vector holds
   * @param transposed whether the rows of the tile are neighbouring numbers of a patch, and the sum
   *     goes over pixels
   * @param rows rows of the tile
   * @param columns columns of the tile, a multiple of the width
   * @return the tile
   */
  public static TierUp<PatchTile> compilePatches(
      Width width, boolean transposed, int rows, int columns) {
    return PATCHES.computeIfAbsent(
        new Key(width, transposed, false, rows, columns / width.floats()),
        TileCompiler::compilePatches);
  }

  private static TierUp<PatchTile> compilePatches(Key key) {
    int columns = key.vectors * key.width.floats();
    PatchTile twin = new ScalarPatchTile(key.transposed, key.rows, columns);
    if (key.width == Width.SCALAR) {
      return TierUp.always(twin);
    }
    int stride = Math.max(key.rows, ROUNDS);
    float[] a = new float[stride * stride];
    float[] b = new float[ROUNDS * ROUNDS * columns];
    float[] c = new float[key.rows * columns];
    return TierUp.up(
        twin,
        () ->
            HiddenClass.define(
                HiddenClass.VECTOR,
                PatchTile.class,
                type ->
                    type.withMethodBody(
                        "run",
                        PATCH_SIGNATURE,
                        ClassFile.ACC_PUBLIC,
                        code -> new TileCompiler(code, key, true).write())),
        tile -> tile.run(a, 0, stride, b, 0, columns, c, 0, columns, ROUNDS, ROUNDS, 0));
  }

  private void write() {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.allocateLocal(TypeKind.REFERENCE);
    }
    if (add) {
      forEachVectorOfC(sum -> {
        emitter.load(code);
        code.astore(sum);
      });
    } else {
      for (int sum : sums) {
        emitter.constant(code, 0);
        code.astore(sum);
      }
    }
    alongK();
    forEachVectorOfC(sum -> {
      int index = code.allocateLocal(TypeKind.INT);
      code.istore(index).pop().aload(sum).aload(C).iload(index);
      emitter.store(code);
    });
    code.return_();
  }

  /**
   * The loop over k. The left matrix is read one number at a time, so it need not be packed: along
   * its stored rows each row of the tile has its own position, across them all share one.
   */
  private void alongK() {
    int step = code.allocateLocal(TypeKind.INT);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int[] columns = new int[vectors];
    for (int v = 0; v < vectors; v++) {
      columns[v] = code.allocateLocal(TypeKind.REFERENCE);
    }
    int[] starts = new int[rows];
    for (int row = 0; row < rows && !transposed; row++) {
      starts[row] = code.allocateLocal(TypeKind.INT);
      code.iload(AO).iload(AS).loadConstant(row).imul().iadd().istore(starts[row]);
    }
    Label pass = code.newLabel();
    Label start = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(pass).iconst_0().istore(step);
    code.labelBinding(start).iload(step).iload(K).if_icmpge(end);
    for (int v = 0; v < vectors; v++) {
      code.aload(B).iload(BO).loadConstant(v * emitter.elements()).iadd();
      emitter.load(code);
      code.astore(columns[v]);
    }
    for (int row = 0; row < rows; row++) {
      code.aload(A);
      if (transposed) {
        code.iload(AO).loadConstant(row).iadd();
      } else {
        code.iload(starts[row]).iload(step).iadd();
      }
      code.faload();
      emitter.broadcast(code);
      code.astore(factor);
      for (int v = 0; v < vectors; v++) {
        int sum = sums[row * vectors + v];
        code.aload(factor).aload(columns[v]).aload(sum);
        emitter.apply(code, LoweredKernel.Op.FMA);
        code.astore(sum);
      }
    }
    if (transposed) {
      code.iload(AO).iload(AS).iadd().istore(AO);
    }
    code.iload(BO).iload(BS).iadd().istore(BO);
    code.iinc(step, 1).goto_(start).labelBinding(end);
    if (patches) {
      if (transposed) {
        // AO has gone along the pass already.
        code.iload(AO).iload(AN).iadd().iload(K).iload(AS).imul().isub().istore(AO);
      } else {
        for (int position : starts) {
          code.iload(position).iload(AN).iadd().istore(position);
        }
      }
      code.iinc(PASSES, -1).iload(PASSES).ifgt(pass);
    }
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
      code.iload(at).iload(CS).iadd().istore(at);
    }
  }
}
