package io.makolb.web.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a handler that writes: the representation it answers with, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Returns {

    /** Type of the body; {@code Void} = 204 without a body. */
    Class<?> value();

    /** Whether it can create its resource: 201 then. */
    boolean creates() default false;
}
