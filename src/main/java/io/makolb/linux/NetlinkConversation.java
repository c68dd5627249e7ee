package io.makolb.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Requests and their answers, one after the other. */
final class NetlinkConversation implements AutoCloseable {

    /** How often a list is asked for again that changed while it was read. */
    private static final int LIST_ATTEMPTS = 10;

    /** Errors that say no more than that there is no such link or route. */
    private static final Set<Integer> ABSENT =
            Set.of(Errno.ENODEV.code(), Errno.ENETUNREACH.code(), Errno.EHOSTUNREACH.code());

    private final NetlinkSocket socket = NetlinkSocket.open(0);
    private int sequence;

    /** Everything in a table that {@code parser} takes. */
    synchronized <T> List<T> list(
            NetlinkRequest request, int type, String what, Function<ByteBuffer, Optional<T>> parser) {
        for (int attempt = 0; attempt < LIST_ATTEMPTS; attempt++) {
            List<T> items = new ArrayList<>();
            boolean[] interrupted = {false};
            exchange(request, message -> {
                interrupted[0] |= message.interrupted();
                if (message.type() == type) {
                    parser.apply(message.payload()).ifPresent(items::add);
                    return false;
                }
                failOnError(message, "list", what);
                return message.type() == NetlinkMessage.DONE;
            });
            if (!interrupted[0]) {
                return List.copyOf(items);
            }
        }
        throw new LinuxException("list", what, Errno.EAGAIN.code(), "They change faster than they can be read.");
    }

    /** The one thing asked for; empty when the kernel has no such thing. */
    synchronized <T> Optional<T> one(
            NetlinkRequest request, int type, String what, Function<ByteBuffer, Optional<T>> parser) {
        List<T> found = new ArrayList<>();
        exchange(request, message -> {
            if (message.type() == type) {
                parser.apply(message.payload()).ifPresent(found::add);
                return true;
            }
            if (message.type() == NetlinkMessage.ERROR && ABSENT.contains(message.errno())) {
                return true;
            }
            failOnError(message, "look up", what);
            return false;
        });
        return found.stream().findFirst();
    }

    /** A change, which the kernel makes before it answers. */
    synchronized void change(NetlinkRequest request, String operation, String target) {
        exchange(request, message -> {
            failOnError(message, operation, target);
            return message.type() == NetlinkMessage.ERROR;
        });
    }

    @Override
    public synchronized void close() {
        socket.close();
    }

    /** Sends a request and hands over each answer, until {@code isLast} says so. */
    private void exchange(NetlinkRequest request, Predicate<NetlinkMessage> isLast) {
        int number = ++sequence;
        socket.send(request.finish(number));
        boolean finished = false;
        while (!finished) {
            // Whatever is left over from a request that failed half-way has an older number.
            finished = NetlinkMessage.parse(socket.receive()).stream()
                    .filter(message -> message.sequence() == number)
                    .anyMatch(isLast);
        }
    }

    private static void failOnError(NetlinkMessage message, String operation, String target) {
        boolean ends = message.type() == NetlinkMessage.ERROR || message.type() == NetlinkMessage.DONE;
        if (ends && message.errno() != 0) {
            throw new LinuxException(operation, target, message.errno(), message.explanation());
        }
    }
}
