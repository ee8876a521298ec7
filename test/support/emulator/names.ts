/**
 * Loaded into the drill's process before it begins: AWS's own names, as they are looked up, with the emulator behind them.
 *
 * A name of the lost region is never resolved, and the question keeps a thread of Node's as the system's resolver would:
 * it opens a pipe that nobody writes to, twice, since Node lets questions have half of its threads. Every other name is this
 * machine, where the gate answers instead of TLS.
 *
 * Told by the environment: NAMES_LOST (what lost names contain, by commas), NAMES_PIPE and NAMES_GATE.
 */
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import { type LookupFunction } from "node:net";

const { NAMES_GATE = "", NAMES_LOST = "", NAMES_PIPE = "" } = process.env;
const lost = NAMES_LOST.split(",");
const lookup: LookupFunction = dns.lookup;

const answered: LookupFunction = (host, options, callback) => {
    if (lost.some((part) => host.includes(part))) {
        for (let half = 0; half < 2; half += 1) {
            fs.open(NAMES_PIPE, "r", () => undefined);
        }
        return;
    }
    lookup("localhost", { ...options, family: 4 }, callback);
};

Object.assign(dns, { lookup: answered });
Object.assign(https, {
    request: (options: https.RequestOptions, callback: (response: http.IncomingMessage) => void) =>
        http.request(
            { ...options, protocol: "http:", port: new URL(NAMES_GATE).port, agent: new http.Agent() },
            callback,
        ),
});
