package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a person with a browser sees. The pictures are left in target/screenshots. */
@ClientTest
class BrowserTests {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static ChromeDriver browser;

    @BeforeAll
    static void startBrowser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(command("chromium").toFile());
        // Root cannot use the sandbox, and machines that build have little shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        File driver = command("chromedriver").toFile();
        browser = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(driver).build(), options);
        browser.manage().window().setSize(new Dimension(1280, 1400));
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void swaggerUiListsTheOperationsAndCallsThem() throws IOException {
        Map<String, Map<String, Object>> paths =
                given().basePath("/").get("/v3/api-docs").jsonPath().getMap("paths");
        int operations = paths.values().stream().mapToInt(Map::size).sum();

        browser.get(server() + "/swagger-ui.html");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(all(".opblock")).hasSize(operations));
        click("#operations-VIPs-listVips .opblock-summary-control");
        click("#operations-VIPs-listVips button.execute");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                all("#operations-VIPs-listVips .live-responses-table .response .response-col_status"))
                        .singleElement()
                        .satisfies(status -> assertThat(status.getText()).startsWith("200")));
        keepPicture("swagger-ui.png");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void thePageToWatchShowsTheVips() throws IOException {
        given().contentType("application/json")
                .body("{}")
                .put("/vips/10.200.1.1-80-tcp")
                .then()
                .statusCode(201);

        browser.get(server() + "/watch/");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(browser.findElement(By.tagName("body")).getText())
                                .contains("10.200.1.1-80-tcp"));
        keepPicture("watch.png");
        assertThat(complaints()).isEmpty();
    }

    private static void click(String selector) {
        await().atMost(PATIENCE).until(() -> all(selector).stream().anyMatch(WebElement::isDisplayed));
        browser.executeScript(
                "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()",
                all(selector).get(0));
    }

    private static List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    /** What the pages wrote to the console that is worse than information. */
    private static List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::toString)
                .toList();
    }

    private static void keepPicture(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static Path command(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no " + name + " here: apt-get install chromium chromium-driver"));
    }

    private static String server() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }
}
