import { expect } from "chai";
import fc from "fast-check";

import { isPinned, parseImageReference } from "../../../components/compute/imageReference";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("parseImageReference", () => {
    it("takes a private repository of ECR apart", () => {
        expect(
            parseImageReference("111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.4.2"),
        ).to.deep.equal({
            registry: "111122223333.dkr.ecr.eu-central-1.amazonaws.com",
            repository: "shop/web",
            tag: "1.4.2",
            ecr: { accountId: "111122223333", region: "eu-central-1" },
        });
    });

    const others: [string, unknown][] = [
        ["nginx", { registry: "docker.io", repository: "nginx" }],
        ["library/nginx:1.29", { registry: "docker.io", repository: "library/nginx", tag: "1.29" }],
        ["localhost:5000/a", { registry: "localhost:5000", repository: "a" }],
        ["localhost/a:b", { registry: "localhost", repository: "a", tag: "b" }],
        [`ghcr.io/a/b@${DIGEST}`, { registry: "ghcr.io", repository: "a/b", digest: DIGEST }],
        [`ghcr.io/a/b:1@${DIGEST}`, { registry: "ghcr.io", repository: "a/b", tag: "1", digest: DIGEST }],
        ["public.ecr.aws/a/b:1", { registry: "public.ecr.aws", repository: "a/b", tag: "1" }],
        // A public look-alike is no registry of the account's.
        [
            "111122223333.dkr.ecr.eu-central-1.amazonaws.com.example.net/a:1",
            {
                registry: "111122223333.dkr.ecr.eu-central-1.amazonaws.com.example.net",
                repository: "a",
                tag: "1",
            },
        ],
    ];
    for (const [text, parts] of others) {
        it(`reads ${text}`, () => {
            expect(parseImageReference(text)).to.deep.equal(parts);
        });
    }

    const wrong = [
        "",
        ":1",
        "a:",
        "a:-1",
        `a:${"1".repeat(129)}`,
        "A/b:1",
        "a b:1",
        "a:1:2",
        "a@sha256:12",
        `a@${DIGEST}@${DIGEST}`,
        "https://ghcr.io/a/b:1",
        "ghcr.io/:1",
        "ghcr.io//a:1",
        "-host.example.com/a:1",
        "a;id:1",
        "a$(id):1",
        "a:1\n",
        "a".repeat(256),
    ];
    for (const text of wrong) {
        it(`refuses ${JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)}`, () => {
            expect(parseImageReference(text)).to.equal(undefined);
        });
    }

    it("takes a tag of 128 characters", () => {
        expect(parseImageReference(`a:${"1".repeat(128)}`)?.tag).to.have.length(128);
    });

    it("lets through nothing that a shell or a URL would read as more than a word", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 60 }), (text) => {
                if (parseImageReference(text) !== undefined) {
                    expect(text).to.match(/^[\w./:@-]+$/);
                }
            }),
            { numRuns: 2000 },
        );
    });
});

describe("isPinned", () => {
    for (const [text, pinned] of [
        ["a:1", true],
        [`a@${DIGEST}`, true],
        [`a:latest@${DIGEST}`, true],
        ["a:latest", false],
        ["a", false],
    ] as const) {
        it(`is ${pinned} of ${text.slice(0, 20)}`, () => {
            expect(isPinned(parseImageReference(text)!)).to.equal(pinned);
        });
    }
});
