package dev.anneal.core.codegen;

import dev.anneal.core.codegen.LoweredKernel.Op;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * A vector of floats at a time, through the Vector API. Nothing here or in the generated code
 * passes a vector to a method of ours: the compiler keeps vectors in registers only as long as they
 * never cross a call.
 */
record VectorEmitter(int bits) implements Emitter {
  private static final ClassDesc FLOATS = vectorClass("FloatVector");
  private static final ClassDesc INTS = vectorClass("IntVector");
  private static final ClassDesc VECTOR = vectorClass("Vector");
  private static final ClassDesc MASK = vectorClass("VectorMask");
  private static final ClassDesc SPECIES = vectorClass("VectorSpecies");
  private static final ClassDesc OPERATORS = vectorClass("VectorOperators");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
  private static final ClassDesc FLOAT_ARRAY = ConstantDescs.CD_float.arrayType();

  private static final MethodTypeDesc UNARY = MethodTypeDesc.of(FLOATS);
  private static final MethodTypeDesc WITH_VECTOR = MethodTypeDesc.of(FLOATS, VECTOR);
  private static final MethodTypeDesc WITH_INT = MethodTypeDesc.of(INTS, ConstantDescs.CD_int);
  private static final MethodTypeDesc LANEWISE_INT =
      MethodTypeDesc.of(INTS, BINARY, ConstantDescs.CD_int);

  private static ClassDesc vectorClass(String name) {
    return ClassDesc.of("jdk.incubator.vector", name);
  }

  @Override
  public TypeKind kind() {
    return TypeKind.REFERENCE;
  }

  @Override
  public int elements() {
    return bits / Float.SIZE;
  }

  @Override
  public void load(CodeBuilder code) {
    int index = code.allocateLocal(TypeKind.INT);
    int array = code.allocateLocal(TypeKind.REFERENCE);
    code.istore(index).astore(array);
    species(code).aload(array).iload(index);
    code.invokestatic(
        FLOATS, "fromArray", MethodTypeDesc.of(FLOATS, SPECIES, FLOAT_ARRAY, ConstantDescs.CD_int));
  }

  @Override
  public void store(CodeBuilder code) {
    code.invokevirtual(
        FLOATS,
        "intoArray",
        MethodTypeDesc.of(ConstantDescs.CD_void, FLOAT_ARRAY, ConstantDescs.CD_int));
  }

  @Override
  public void constant(CodeBuilder code, double value) {
    code.loadConstant((float) value);
    broadcast(code);
  }

  @Override
  public void broadcast(CodeBuilder code) {
    int value = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(value);
    species(code).fload(value);
    code.invokestatic(
        FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, ConstantDescs.CD_float));
  }

  @Override
  public void apply(CodeBuilder code, Op op) {
    switch (op) {
      case NEGATE -> code.invokevirtual(FLOATS, "neg", UNARY);
      case ABS -> code.invokevirtual(FLOATS, "abs", UNARY);
      case SQRT -> code.invokevirtual(FLOATS, "sqrt", UNARY);
      case ADD -> code.invokevirtual(FLOATS, "add", WITH_VECTOR);
      case SUBTRACT -> code.invokevirtual(FLOATS, "sub", WITH_VECTOR);
      case MULTIPLY -> code.invokevirtual(FLOATS, "mul", WITH_VECTOR);
      case DIVIDE -> code.invokevirtual(FLOATS, "div", WITH_VECTOR);
      case MAX -> code.invokevirtual(FLOATS, "max", WITH_VECTOR);
      case MIN -> code.invokevirtual(FLOATS, "min", WITH_VECTOR);
      case FMA -> code.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
      case IF_LESS -> ifLess(code);
      case HALF_POWER_OF_TWO -> {
        shift(asInts(code), "LSHL", ScalarEmitter.MANTISSA_BITS);
        code.loadConstant(ScalarEmitter.HALF_BITS).invokevirtual(INTS, "add", WITH_INT);
        asFloats(code);
      }
      case EXPONENT -> {
        asInts(code)
            .loadConstant(ScalarEmitter.SQRT_HALF_BITS)
            .invokevirtual(INTS, "sub", WITH_INT);
        shift(code, "ASHR", ScalarEmitter.MANTISSA_BITS);
        code.getstatic(OPERATORS, "I2F", CONVERSION).iconst_0();
        code.invokevirtual(
                INTS, "convert", MethodTypeDesc.of(VECTOR, CONVERSION, ConstantDescs.CD_int))
            .checkcast(FLOATS);
      }
      case MANTISSA -> {
        asInts(code)
            .dup()
            .loadConstant(ScalarEmitter.SQRT_HALF_BITS)
            .invokevirtual(INTS, "sub", WITH_INT);
        code.loadConstant(ScalarEmitter.EXPONENT_MASK).invokevirtual(INTS, "and", WITH_INT);
        code.invokevirtual(INTS, "sub", MethodTypeDesc.of(INTS, VECTOR));
        asFloats(code);
      }
      case EXP, LOG, LOG1P, TANH ->
          throw new AssertionError(op + " is expanded in single precision");
    }
  }

  CodeBuilder species(CodeBuilder code) {
    return code.getstatic(FLOATS, "SPECIES_" + bits, SPECIES);
  }

  private static CodeBuilder asInts(CodeBuilder code) {
    return code.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
  }

  private static void asFloats(CodeBuilder code) {
    code.invokevirtual(INTS, "reinterpretAsFloats", UNARY);
  }

  private static void shift(CodeBuilder code, String operator, int by) {
    int ints = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(ints).aload(ints).getstatic(OPERATORS, operator, BINARY).loadConstant(by);
    code.invokevirtual(INTS, "lanewise", LANEWISE_INT);
  }

  /** Stack: left, right, then, otherwise → otherwise.blend(then, left.lt(right)). */
  private static void ifLess(CodeBuilder code) {
    int otherwise = code.allocateLocal(TypeKind.REFERENCE);
    int then = code.allocateLocal(TypeKind.REFERENCE);
    int mask = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(otherwise)
        .astore(then)
        .invokevirtual(FLOATS, "lt", MethodTypeDesc.of(MASK, VECTOR))
        .astore(mask);
    code.aload(otherwise).aload(then).aload(mask);
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
  }
}
