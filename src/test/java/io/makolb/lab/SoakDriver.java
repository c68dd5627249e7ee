package io.makolb.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hundred authors, as a process inside the balancer's namespace, where alone the API listens. They go on whatever becomes of the
 * server, until something arrives on standard input; then every value is read once more, and what no single history explains is
 * printed.
 */
final class SoakDriver {

    /** Printed after so many acknowledged writes. */
    static final String PROGRESS = "acknowledged ";

    static final int PROGRESS_STEP = 100;
    static final String VIOLATION = "VIOLATION ";
    static final String DONE = "done ";
    static final int WRITERS = 200;
    static final int VIPS = 20;

    private static final String BASE = "http://127.0.0.1:8080/api/v1/vips/";
    private static final Pattern WEIGHT = Pattern.compile("\"weight\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_PRINTED = 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final SingleHistory history = new SingleHistory();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean over;

    private SoakDriver() {}

    /** @param arguments the seed */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new SoakDriver().run(Long.parseLong(arguments[0]));
    }

    static String vip(int writer) {
        return "10.200.9." + (1 + writer % VIPS) + "-80-tcp";
    }

    private static String key(int writer) {
        return vip(writer) + "/reals/10.90." + writer / 200 + "." + (1 + writer % 200);
    }

    private void run(long seed) throws IOException, InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(writer, new Random(seed + writer)), "writer-" + i);
            writers.add(thread);
            thread.start();
        }
        int end = System.in.read();
        over = true;
        for (Thread writer : writers) {
            writer.join();
        }
        for (int i = 0; i < WRITERS; i++) {
            read(key(i));
        }
        List<String> violations = history.violations();
        violations.stream().limit(MOST_PRINTED).forEach(each -> System.out.println(VIOLATION + each));
        System.out.println(DONE + history.acknowledged() + " acknowledged, " + history.unknown() + " unknown, "
                + violations.size() + " violations" + (end < 0 ? ", input closed" : ""));
    }

    private void write(int writer, Random random) {
        String key = key(writer);
        for (int value = 1; !over; value++) {
            if (random.nextInt(4) == 0) {
                read(key); // its own: only of that does anybody know what it can be
            }
            put(key, value);
        }
    }

    private void put(String key, int value) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(BASE + key))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"weight\":" + value + "}"))
                .build();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status == 200 || status == 201 || status == 202) {
                history.written(key, value, revision(answer), begun, System.nanoTime());
                if (acknowledged.incrementAndGet() % PROGRESS_STEP == 0) {
                    System.out.println(PROGRESS + acknowledged);
                }
            } else if (answer.body().contains("problem/outcome-unknown")) {
                history.maybeWritten(key, value);
            } else if (status != 503) {
                history.unexpected("PUT " + key + ": " + status + " " + answer.body());
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // nobody is there: nothing was sent
        } catch (IOException e) {
            history.maybeWritten(key, value);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(BASE + key))
                .timeout(PATIENCE)
                .GET()
                .build();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher weight = WEIGHT.matcher(answer.body());
            if (answer.statusCode() == 200 && weight.find()) {
                history.read(key, Integer.parseInt(weight.group(1)), revision(answer), begun, System.nanoTime());
            } else if (answer.statusCode() != 503 && answer.statusCode() != 404) {
                history.unexpected("GET " + key + ": " + answer.statusCode() + " " + answer.body());
            } else if (answer.statusCode() == 404) {
                history.absent(key);
            }
        } catch (IOException e) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // a read that failed says nothing
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long revision(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Mako-Revision").orElse(0);
    }
}
