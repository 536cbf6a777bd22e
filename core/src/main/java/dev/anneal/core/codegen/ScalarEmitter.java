package dev.anneal.core.codegen;

import dev.anneal.core.codegen.LoweredKernel.Op;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;

/** One element at a time, in float or double. */
record ScalarEmitter(TypeKind kind, ClassDesc type) implements Emitter {
  /** Single precision: the specification of the vector kernels. */
  static final ScalarEmitter FLOAT = new ScalarEmitter(TypeKind.FLOAT, ConstantDescs.CD_float);

  /** Double precision: the formula's proof. */
  static final ScalarEmitter DOUBLE = new ScalarEmitter(TypeKind.DOUBLE, ConstantDescs.CD_double);

  /**
   * Subtracted from the bits of x, it leaves the exponent k of {@code x = m 2^k} with {@code
   * sqrt(1/2) <= m < sqrt(2)}.
   */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int EXPONENT_MASK = 0xff800000;
  static final int MANTISSA_BITS = 23;

  /** The exponent bits of one half. */
  static final int HALF_BITS = 126 << MANTISSA_BITS;

  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc STRICT_MATH = ClassDesc.of("java.lang.StrictMath");
  private static final ClassDesc FLOAT_CLASS = ClassDesc.of("java.lang.Float");
  private static final MethodTypeDesc TO_BITS =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float);
  private static final MethodTypeDesc FROM_BITS =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);

  /** The type of a function of this kind of number. */
  private MethodTypeDesc function(int arguments) {
    return MethodTypeDesc.of(type, Collections.nCopies(arguments, type));
  }

  @Override
  public void load(CodeBuilder code) {
    code.arrayLoad(kind);
  }

  @Override
  public void store(CodeBuilder code) {
    // value, array, index → array, index, value, through a local: two-word values cannot be
    // swapped.
    int index = code.allocateLocal(TypeKind.INT);
    int array = code.allocateLocal(TypeKind.REFERENCE);
    int value = code.allocateLocal(kind);
    code.istore(index).astore(array).storeLocal(kind, value);
    code.aload(array).iload(index).loadLocal(kind, value).arrayStore(kind);
  }

  @Override
  public void constant(CodeBuilder code, double value) {
    if (kind == TypeKind.FLOAT) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
  }

  @Override
  public void broadcast(CodeBuilder code) {}

  @Override
  public int elements() {
    return 1;
  }

  @Override
  public void apply(CodeBuilder code, Op op) {
    boolean single = kind == TypeKind.FLOAT;
    switch (op) {
      case NEGATE -> code.with(OperatorInstruction.of(single ? Opcode.FNEG : Opcode.DNEG));
      case ADD -> code.with(OperatorInstruction.of(single ? Opcode.FADD : Opcode.DADD));
      case SUBTRACT -> code.with(OperatorInstruction.of(single ? Opcode.FSUB : Opcode.DSUB));
      case MULTIPLY -> code.with(OperatorInstruction.of(single ? Opcode.FMUL : Opcode.DMUL));
      case DIVIDE -> code.with(OperatorInstruction.of(single ? Opcode.FDIV : Opcode.DDIV));
      case ABS -> code.invokestatic(MATH, "abs", function(1));
      case SQRT -> squareRoot(code, single);
      case MAX -> code.invokestatic(MATH, "max", function(2));
      case MIN -> code.invokestatic(MATH, "min", function(2));
      case FMA -> code.invokestatic(MATH, "fma", function(3));
      case IF_LESS -> ifLess(code, single);
      case HALF_POWER_OF_TWO ->
          bits(code)
              .loadConstant(MANTISSA_BITS)
              .ishl()
              .loadConstant(HALF_BITS)
              .iadd()
              .invokestatic(FLOAT_CLASS, "intBitsToFloat", FROM_BITS);
      case EXPONENT ->
          bits(code).loadConstant(SQRT_HALF_BITS).isub().loadConstant(MANTISSA_BITS).ishr().i2f();
      case MANTISSA ->
          bits(code)
              .dup()
              .loadConstant(SQRT_HALF_BITS)
              .isub()
              .loadConstant(EXPONENT_MASK)
              .iand()
              .isub()
              .invokestatic(FLOAT_CLASS, "intBitsToFloat", FROM_BITS);
      case EXP -> code.invokestatic(STRICT_MATH, "exp", function(1));
      case LOG -> code.invokestatic(STRICT_MATH, "log", function(1));
      case LOG1P -> code.invokestatic(STRICT_MATH, "log1p", function(1));
      case TANH -> code.invokestatic(STRICT_MATH, "tanh", function(1));
    }
  }

  private static CodeBuilder bits(CodeBuilder code) {
    return code.invokestatic(FLOAT_CLASS, "floatToRawIntBits", TO_BITS);
  }

  /**
   * The float root of a float is the double root rounded: the double has more than twice the
   * digits, so it is exact.
   */
  private static void squareRoot(CodeBuilder code, boolean single) {
    MethodTypeDesc type = DOUBLE.function(1);
    if (single) {
      code.f2d().invokestatic(MATH, "sqrt", type).d2f();
    } else {
      code.invokestatic(MATH, "sqrt", type);
    }
  }

  /** Stack: left, right, then, otherwise → the chosen one. */
  private void ifLess(CodeBuilder code, boolean single) {
    int otherwise = code.allocateLocal(kind);
    int then = code.allocateLocal(kind);
    code.storeLocal(kind, otherwise).storeLocal(kind, then);
    Label no = code.newLabel();
    Label end = code.newLabel();
    // The comparison that yields 1 for NaN, so that NaN is never less.
    (single ? code.fcmpg() : code.dcmpg()).ifge(no);
    code.loadLocal(kind, then).goto_(end);
    code.labelBinding(no).loadLocal(kind, otherwise);
    code.labelBinding(end);
  }
}
