package dev.anneal.core.codegen;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/** Loads a generated class: one instance, without a name that anyone could look up. */
final class HiddenClass {
  /** Begins the names of classes whose methods the JIT must compile for good; see the launcher. */
  static final String VECTOR = "Vector";

  /** Begins the names of all others. */
  static final String SCALAR = "Scalar";

  private HiddenClass() {}

  /**
   * Defines a class that implements an interface of this package.
   *
   * @param kind begins the name by which the JIT knows the class
   * @param type the interface
   * @param methods adds its methods
   * @return an instance
   */
  static <T> T define(String kind, Class<T> type, Consumer<ClassBuilder> methods) {
    ClassDesc self =
        ClassDesc.of(HiddenClass.class.getPackageName(), "Generated" + kind + type.getSimpleName());
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                c -> {
                  c.withFlags(ClassFile.ACC_FINAL)
                      .withInterfaceSymbols(type.describeConstable().orElseThrow())
                      .withMethodBody(
                          ConstantDescs.INIT_NAME,
                          ConstantDescs.MTD_void,
                          0,
                          code ->
                              code.aload(0)
                                  .invokespecial(
                                      ConstantDescs.CD_Object,
                                      ConstantDescs.INIT_NAME,
                                      ConstantDescs.MTD_void)
                                  .return_());
                  methods.accept(c);
                });
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return type.cast(lookup.lookupClass().getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a generated class did not load", e);
    }
  }
}
