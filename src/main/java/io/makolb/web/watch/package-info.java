/** The page to watch the balancer at work; its files are static resources. */
@NullMarked
package io.makolb.web.watch;

import org.jspecify.annotations.NullMarked;
