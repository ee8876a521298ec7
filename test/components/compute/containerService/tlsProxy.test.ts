import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

import { shellcheck } from "../../../support/shellcheck";

const SCRIPT = readFileSync(
    join(__dirname, "../../../../components/compute/containerService/tlsProxy.sh"),
    "utf8",
);

describe("the preparation of the TLS proxy", () => {
    let directory = "";
    const file = (name: string): string => readFileSync(join(directory, name), "utf8");
    const mode = (name: string): number => statSync(join(directory, name)).mode & 0o777;

    before(() => {
        directory = mkdtempSync(join(tmpdir(), "tls-"));
        // As the container runs it: the script is an argument of the shell, and what follows are its own.
        execFileSync("/bin/sh", ["-c", SCRIPT, "prepare-tls", directory, "8443", "8080"], { stdio: "pipe" });
    });

    after(() => {
        rmSync(directory, { recursive: true });
    });

    it("is a script without faults", () => {
        expect(shellcheck(SCRIPT)).to.deep.equal([]);
    });

    it("makes a certificate of its own key, and outlives the task", () => {
        const certificate = new X509Certificate(file("certificate.pem"));
        expect(certificate.checkPrivateKey(createPrivateKey(file("key.pem")))).to.equal(true);
        const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
        expect(days).to.be.greaterThan(365);
    });

    it("lets the proxy's group read, and write where it must, and nobody else do anything", () => {
        expect(mode("key.pem")).to.equal(0o640);
        expect(mode("nginx.conf")).to.equal(0o640);
        expect(mode("work")).to.equal(0o770);
    });

    it("takes TLS on one port and hands requests to the other one within the task", () => {
        const configuration = file("nginx.conf");
        expect(configuration).to.match(/^ {8}listen 8443 ssl /m);
        expect(configuration).to.match(/^ {8}server 127\.0\.0\.1:8080;$/m);
        // nginx's own variables, which the shell must leave alone.
        expect(configuration).to.contain("proxy_set_header Host $http_host;");
        // It writes nowhere else: the root file system is read-only.
        const written = [...configuration.matchAll(/^\s*(?:pid|\w+_temp_path) (\S+);$/gm)].map(
            ([, path]) => path,
        );
        expect(written).to.have.lengthOf(6);
        expect(written.every((path) => path?.startsWith(join(directory, "work")))).to.equal(true);
    });
});
