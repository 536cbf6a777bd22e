package dev.anneal.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface as a plugin contract. Records that implement it can be plugins of this kind,
 * and a parameter of this type takes a specification in its place: {@code
 * sgd(learning_rate=exponential(0.5, rate=0.1) per epoch)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginKind {
  /**
   * What a plugin of this kind is called in messages and listings.
   *
   * @return a noun in lower case, such as {@code schedule}
   */
  String value();
}
