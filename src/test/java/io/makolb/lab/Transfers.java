package io.makolb.lab;

/** Long transfers between the client and whoever serves a VIP: packets as large as the path allows, both ways. */
final class Transfers {

    private Transfers() {}

    /**
     * Asks for so many bytes.
     *
     * @param host as in a URL
     * @return how many came
     */
    static int download(Lab lab, String host, int bytes) {
        return Integer.parseInt(lab.exec(
                        Lab.CLIENT,
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{size_download}",
                        "http://" + host + "/big/" + bytes)
                .strip());
    }

    /** Sends so many bytes to the echo service of a VIP; how many came back. */
    static int echo(Lab lab, String vip, int bytes) {
        String script = "exec 3<>/dev/tcp/%1$s/7; head -c %2$d /dev/zero >&3 & timeout 60 head -c %2$d <&3 | wc -c";
        return Integer.parseInt(
                lab.exec(Lab.CLIENT, "bash", "-c", script.formatted(vip, bytes)).strip());
    }
}
