package io.makolb.web.http;

import io.makolb.web.problem.ProblemName;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler: the problems that are its own, for the API's description. Those that its parameters bring along (a body, a path, a
 * precondition, the writer) are added by themselves.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

    /** The problems. */
    ProblemName[] value();
}
