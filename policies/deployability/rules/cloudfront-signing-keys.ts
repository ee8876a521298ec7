import { list, resourceRule, text } from "../../framework";

const KEY = "aws:cloudfront/publicKey:PublicKey";
const GROUP = "aws:cloudfront/keyGroup:KeyGroup";

// Source: Amazon CloudFront Developer Guide, "Quotas on key groups".
const MAX_KEYS = 5;

export const rule = resourceRule({
    id: "cloudfront-signing-keys",
    severity: "high",
    description: "Keys that check signed URLs are public keys in PEM, and a group has one to five of them.",
    fix: "Give encodedKey what `openssl pkey -pubout` prints, and take keys out of the group whose last URL has expired.",
    frameworks: { controls: ["F50.4"] },
    types: [KEY, GROUP],
    check: ({ type, props }, report) => {
        if (type === GROUP) {
            const { length } = list(props.items);
            if (length < 1 || length > MAX_KEYS) {
                report(`has ${length} keys; allowed: 1 to ${MAX_KEYS}.`);
            }
            return;
        }
        const key = (text(props.encodedKey) ?? "").trim();
        if (/PRIVATE KEY/.test(key)) {
            report("has a private key in encodedKey, which is then in the state for all to read.");
        } else if (!/^-----BEGIN PUBLIC KEY-----\s[\s\S]+\s-----END PUBLIC KEY-----$/.test(key)) {
            report("has no public key in PEM in encodedKey.");
        }
    },
});
