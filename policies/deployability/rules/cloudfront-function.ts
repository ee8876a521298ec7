import { ifKnown, list, resourceRule, text } from "../../framework";
import { choices, judge, shown } from "../shared/values";

// Source: Amazon CloudFront Developer Guide, "Quotas" and "JavaScript runtime 2.0 features".
const MAX_BYTES = 10_240;
const MAX_STORES = 1;
const NEWEST = "cloudfront-js-2.0";
const OLDEST = "cloudfront-js-1.0";
const RUNTIMES = [OLDEST, NEWEST];

export const rule = resourceRule({
    id: "cloudfront-function",
    severity: "high",
    description:
        "CloudFront functions are of 10 KB at most, and those that use modules or a key-value store are of runtime 2.0.",
    fix: `Set runtime to "${NEWEST}", shorten the code, and give the function one key-value store at most.`,
    frameworks: { controls: ["F5.20"] },
    types: ["aws:cloudfront/function:Function"],
    check: ({ props }, report) => {
        const runtime = ifKnown(() => text(props.runtime)) ?? NEWEST;
        judge(
            () => {
                if (!RUNTIMES.includes(runtime)) {
                    report(`has runtime ${shown(runtime)}; allowed: ${choices(RUNTIMES)}.`);
                }
            },
            () => {
                const code = text(props.code) ?? "";
                const bytes = Buffer.byteLength(code);
                if (bytes > MAX_BYTES) {
                    report(`has code of ${bytes} bytes; allowed: ${MAX_BYTES} at most.`);
                }
                if (/^\s*import\s/m.test(code) && runtime === OLDEST) {
                    report(`imports a module, which the runtime ${runtime} does not know.`);
                }
            },
            () => {
                const stores = list(props.keyValueStoreAssociations);
                if (stores.length > MAX_STORES) {
                    report(`has ${stores.length} key-value stores; allowed: ${MAX_STORES} at most.`);
                }
                if (stores.length > 0 && runtime === OLDEST) {
                    report(`has a key-value store, which the runtime ${runtime} does not know.`);
                }
            },
        );
    },
});
