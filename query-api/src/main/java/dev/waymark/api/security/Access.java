package dev.waymark.api.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use a route. A route without it is refused. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Access {
  /** The roles that may; none where the kind is public. */
  Role[] value() default {};

  AccessKind kind() default AccessKind.READ;

  /** Whether only the operator's credentials may: what it shows or does is of no single tenant. */
  boolean operatorOnly() default false;
}
