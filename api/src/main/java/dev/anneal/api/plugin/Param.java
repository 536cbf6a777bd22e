package dev.anneal.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents and bounds one component of a plugin record. Its name in specifications is the
 * component's in snake case.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /**
   * What the parameter means.
   *
   * @return a phrase without a full stop
   */
  String value();

  /**
   * The value where a specification names none, as it would be written there.
   *
   * @return the default; empty where the parameter must be given
   */
  String byDefault() default "";

  /**
   * The values allowed, as an interval: {@code [0, 1)}, {@code (0, inf)}.
   *
   * @return the interval; for a schedule it bounds nothing but constants
   */
  String range() default "(-inf, inf)";

  /**
   * Of an enum, the words that this parameter takes.
   *
   * @return some of its constants in lower case, in the order to list them in; empty for all
   */
  String[] choices() default {};

  /**
   * A second name that other frameworks have made a habit.
   *
   * @return the alias, or nothing
   */
  String alias() default "";

  /**
   * What optimizers call the parameter where a rule reads it, if not by its name: one that wraps
   * another names its own so that the two are told apart, such as {@code ema_momentum}.
   *
   * @return the name of the hyper-parameter, or nothing for that of the parameter
   */
  String hyperparameter() default "";

  /**
   * Whether a constant 0 means that the rule does without the parameter: then it is no
   * hyper-parameter.
   *
   * @return false where 0 is a value like any other
   */
  boolean unusedAtZero() default false;
}
