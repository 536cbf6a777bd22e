package dev.anneal.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a record that implements a plugin contract, such as a schedule or an optimizer, or a
 * constant of an enum that does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Plugin {
  /**
   * The name in specification strings: lower case, words joined by hyphens.
   *
   * @return the name, unique among plugins of its kind
   */
  String name();

  /**
   * The formula or idea in one line.
   *
   * @return a phrase without a full stop
   */
  String summary();

  /**
   * The paper or framework that the plugin follows.
   *
   * @return a citation, or nothing
   */
  String source() default "";
}
