package dev.anneal.core.codegen;

import dev.anneal.core.codegen.LoweredKernel.Op;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Writes the bytecode of primitive operations for one target. Values live in local variables:
 * {@code emit} methods find their arguments on the operand stack and leave the result there.
 */
interface Emitter {
  /** The kind of local variable that holds a value. */
  TypeKind kind();

  /** Stack: array, index → value. */
  void load(CodeBuilder code);

  /** Stack: value, array, index → nothing. */
  void store(CodeBuilder code);

  /** Stack: nothing → value. */
  void constant(CodeBuilder code, double value);

  /** Stack: a number of the array's type → value. */
  void broadcast(CodeBuilder code);

  /** Stack: the arguments of {@code op} → value. */
  void apply(CodeBuilder code, Op op);

  /** How many elements a value holds. */
  int elements();
}
