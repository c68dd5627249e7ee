package io.makolb.web.http;

import io.makolb.model.Address;
import io.makolb.model.Prefix;
import io.makolb.model.VipId;
import io.makolb.plane.ConnectionFilter;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.QueryNames;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant.
 *
 * @param filter what the query says; nothing = all of them
 */
@QueryNames({"vip", "real", "client", "maxAgeSeconds"})
public record ConnectionQuery(ConnectionFilter filter) {

    /** The longest age that can be asked for. */
    public static final int MAX_AGE = 1_000_000_000;

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,9}");

    static ConnectionQuery of(Function<String, @Nullable String> query) {
        return new ConnectionQuery(new ConnectionFilter(
                parsed(query.apply("vip"), VipId::parse),
                parsed(query.apply("real"), Address::parse),
                parsed(query.apply("client"), Prefix::parse),
                parsed(query.apply("maxAgeSeconds"), ConnectionQuery::seconds)));
    }

    private static <T> Optional<T> parsed(@Nullable String text, Function<String, T> parse) {
        return text == null ? Optional.empty() : Optional.of(parse.apply(text));
    }

    private static Duration seconds(String text) {
        long seconds = SECONDS.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (seconds < 1 || seconds > MAX_AGE) {
            throw new ProblemException(
                    ProblemName.INVALID_VALUE,
                    "The parameter 'maxAgeSeconds' is '" + text + "'.",
                    "Give 1 to " + MAX_AGE + ".");
        }
        return Duration.ofSeconds(seconds);
    }
}
