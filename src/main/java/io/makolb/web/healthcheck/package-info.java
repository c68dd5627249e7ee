/** Forwarding of health checks: where marked packets go, and which destinations are counted. */
@NullMarked
package io.makolb.web.healthcheck;

import org.jspecify.annotations.NullMarked;
