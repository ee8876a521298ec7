import { expect } from "chai";
import fc from "fast-check";
import { type Difference, differences, pathText } from "../../../../tools/preview/against/differences";
import { policyDifference } from "../../../../tools/preview/against/policyMeaning";
import { ARCHIVE, ASSET, MASK, SIGNATURE, UNKNOWN } from "../../../../tools/preview/values";

/** Each difference in a line. */
function told(before: unknown, after: unknown): string[] {
    return differences(before, after).map(line);
}

function line({ path, op, before, after, kind, meaning }: Difference): string {
    const values = [before, after].map((value) => JSON.stringify(value)).join(" → ");
    return `${op} ${pathText(path)} ${kind} ${meaning === undefined ? values : meaning.join("; ")}`;
}

describe("the differences of two values", () => {
    it("are told at the deepest place, by property and by what tells an item apart", () => {
        expect(
            told(
                {
                    engine: "a",
                    ports: [1, 2],
                    rules: [
                        { name: "x", port: 1 },
                        { name: "y", port: 2 },
                    ],
                    gone: true,
                },
                {
                    engine: "a",
                    ports: [2, 3],
                    rules: [
                        { name: "y", port: 5 },
                        { name: "z", port: 3 },
                    ],
                    come: { a: 1 },
                },
            ),
        ).to.deep.equal([
            'add come value  → {"a":1}',
            "remove gone value true → ",
            "add ports[3] value  → 3",
            "remove ports[1] value 1 → ",
            "change rules[y].port value 2 → 5",
            'add rules[z] value  → {"name":"z","port":3}',
            'remove rules[x] value {"name":"x","port":1} → ',
        ]);
    });

    it("pair items that have no name by what they have in common", () => {
        const rule = (port: number, block: string): object => ({ fromPort: port, toPort: port, block });
        expect(
            told({ rules: [rule(80, "a"), rule(443, "b")] }, { rules: [rule(443, "c"), rule(80, "a")] }),
        ).to.deep.equal(['change rules[fromPort 443, toPort 443, block c].block value "b" → "c"']);
    });

    it("read JSON texts and policies by what they mean", () => {
        expect(told({ text: '{"a": 1, "b": [1]}' }, { text: '{"b":[1],"a":1}' })).to.deep.equal([]);
        expect(told({ text: '{"a":1}' }, { text: '{"a":2}' })).to.deep.equal(["change text.a json 1 → 2"]);
        const policy = (...statements: object[]): string =>
            JSON.stringify({ Version: "2012-10-17", Statement: statements });
        const read = { Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" };
        expect(
            told(
                { policy: policy(read, { Effect: "Deny", Action: "s3:*", Resource: "b" }) },
                {
                    policy: policy(
                        { Effect: "Deny", Action: ["S3:*"], Resource: ["b"], Sid: "No" },
                        { Resource: ["*"], Effect: "Allow", Action: ["s3:ListBucket", "s3:getobject"] },
                    ),
                },
            ),
        ).to.deep.equal([]);
    });

    it("see that a secret is another one, where both sides can tell, and never what it is", () => {
        const digest =
            (text: string | undefined) =>
            (place: readonly (string | number)[]): string | undefined =>
                place.join(".") === "password" ? text : undefined;
        const secret = { password: MASK };
        expect(differences(secret, secret, [digest("1"), digest("2")]).map(line)).to.deep.equal([
            'change password secret "[secret]" → "[secret]"',
        ]);
        expect(differences(secret, secret, [digest("1"), digest("1")])).to.deep.equal([]);
        expect(differences(secret, secret, [digest("1"), digest(undefined)])).to.deep.equal([]);
        expect(told({}, secret)).to.deep.equal(['add password secret  → "[secret]"']);
    });

    it("leave out what nobody knows, and what a provider has filled in", () => {
        expect(told({ a: UNKNOWN, b: "x" }, { a: "x", b: UNKNOWN })).to.deep.equal([]);
        expect(told({ of: { a: 1, force: false, __defaults: ["force"] } }, { of: { a: 1 } })).to.deep.equal(
            [],
        );
        expect(told({ tags: '{"a":"b"}' }, { tags: { a: "c" } })).to.deep.equal([
            'change tags.a value "b" → "c"',
        ]);
    });

    it("say of code that it changed, and of scripts which lines", () => {
        const archive = (text: string): object => ({
            [SIGNATURE]: ARCHIVE,
            assets: { "index.js": { [SIGNATURE]: ASSET, text } },
        });
        const [small] = differences(
            { code: archive("a".repeat(900_000)) },
            { code: archive("b".repeat(900_001)) },
        );
        expect(JSON.stringify(small).length).to.be.below(400);
        expect(small?.meaning).to.deep.equal([
            "index.js: code changed, 900,000 characters before, 900,001 characters after",
        ]);
        const hashed = (hash: string): object => ({ [SIGNATURE]: ASSET, hash });
        expect(told({ code: hashed("1") }, { code: hashed("2") })).to.deep.equal([
            "change code code code changed",
        ]);
        expect(told({ code: hashed("1") }, { code: archive("x") })).to.deep.equal([
            "change code code is gone; index.js: is new",
        ]);
        const script = (port: number): string =>
            Buffer.from(`#!/bin/bash\nexport PORT=${port}\nexec /usr/bin/serve --all\n`).toString("base64");
        expect(told({ userData: script(80) }, { userData: script(81) })).to.deep.equal([
            "change userData code 1 line gone, 1 line new; - export PORT=80; + export PORT=81",
        ]);
    });

    it("are none for a list of records in another order, but for the order", () => {
        const items = fc.uniqueArray(fc.record({ port: fc.integer(), block: fc.string() }), {
            maxLength: 8,
            selector: (item) => JSON.stringify(item),
        });
        fc.assert(
            fc.property(items, fc.infiniteStream(fc.nat()), (list, numbers) => {
                const keyed = list.map((item) => [numbers.next().value as number, item] as const);
                const shuffled = [...keyed].sort(([one], [other]) => one - other).map(([, item]) => item);
                const found = differences({ list }, { list: shuffled });
                return found.every(({ path, meaning }) => path.length === 1 && meaning !== undefined);
            }),
            { numRuns: 200 },
        );
    });

    it("are none between a value and itself, and the same again for the same two", () => {
        fc.assert(
            fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
                expect(differences(one, structuredClone(one))).to.deep.equal([]);
                expect(differences(one, other)).to.deep.equal(
                    differences(structuredClone(one), structuredClone(other)),
                );
            }),
            { numRuns: 200 },
        );
    });
});

describe("the meaning of a policy's change", () => {
    const of = (...statements: object[]): Record<string, unknown> => ({
        Version: "2012-10-17",
        Statement: statements,
    });
    const allow = (actions: string | string[], rest: object = {}): object => ({
        Effect: "Allow",
        Action: actions,
        Resource: "arn:aws:s3:::b/*",
        ...rest,
    });

    it("is who may do what more, and what less", () => {
        expect(
            policyDifference(
                of(allow(["s3:GetObject", "s3:PutObject"])),
                of(allow(["s3:GetObject", "s3:DeleteObject"])),
            ),
        ).to.deep.equal([
            "now allows s3:DeleteObject on arn:aws:s3:::b/*",
            "no longer allows s3:PutObject on arn:aws:s3:::b/*",
        ]);
    });

    it("has the principals and conditions", () => {
        const from = (account: string): object =>
            allow("s3:GetObject", {
                Principal: { AWS: [account] },
                Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } },
            });
        expect(policyDifference(of(from("1")), of(from("2")))).to.deep.equal([
            "no longer allows AWS 1 s3:GetObject on arn:aws:s3:::b/* when aws:sourcevpc StringEquals vpc-1",
            "now allows AWS 2 s3:GetObject on arn:aws:s3:::b/* when aws:sourcevpc StringEquals vpc-1",
        ]);
    });

    it("takes one statement for two that say the same together, and no more", () => {
        expect(policyDifference(of(allow(["a:B", "a:C"])), of(allow("a:B"), allow("a:C")))).to.deep.equal([]);
        const not = (actions: string[]): object => ({ Effect: "Deny", NotAction: actions, Resource: "*" });
        expect(policyDifference(of(not(["a:B"])), of(not(["a:B", "a:C"])))).to.have.length(2);
        expect(policyDifference(of(allow("a:B")), of({ ...allow("a:B"), Effect: "Deny" }))).to.deep.equal([
            "no longer allows a:B on arn:aws:s3:::b/*",
            "now denies a:B on arn:aws:s3:::b/*",
        ]);
    });

    it("is nothing where wider words say the same, and what is left where they say less", () => {
        const on = (resources: string | string[], actions: string | string[] = "s3:GetObject"): object => ({
            Effect: "Allow",
            Action: actions,
            Resource: resources,
        });
        expect(
            policyDifference(of(on("*", ["sqs:Send", "sqs:Receive"])), of(on("*", "sqs:*"))),
        ).to.deep.equal(["now allows sqs:* on *"]);
        expect(
            policyDifference(of(on("*", "sqs:*")), of(on("*", ["sqs:Send", "sqs:Receive"]))),
        ).to.deep.equal(["no longer allows sqs:* on *, but still sqs:Receive, sqs:Send"]);
        expect(policyDifference(of(on("*")), of(on("arn:aws:s3:::b/*")))).to.deep.equal([
            "no longer allows s3:GetObject on *, but still on arn:aws:s3:::b/*",
        ]);
        expect(policyDifference(of(on(["a", "b"])), of(on(["a", "b", "c"])))).to.deep.equal([
            "now allows s3:GetObject on c",
        ]);
        expect(policyDifference(of(on("*"), on("arn:aws:s3:::b/*")), of(on("*")))).to.deep.equal([]);
        // What is excepted is no pattern of what it excepts.
        const but = (resource: string): object => ({ Effect: "Deny", Action: "s3:*", NotResource: resource });
        expect(policyDifference(of(but("arn:*")), of(but("arn:aws:s3:::b")))).to.have.length(2);
    });

    it("takes an account and its root for one principal", () => {
        const to = (principal: unknown): object => allow("kms:*", { Principal: principal });
        expect(
            policyDifference(
                of(to({ AWS: "arn:aws:iam::111122223333:root" })),
                of(to({ AWS: ["111122223333"] })),
            ),
        ).to.deep.equal([]);
        expect(
            policyDifference(of(to({ AWS: "arn:aws:iam::111122223333:root" })), of(to("*"))),
        ).to.deep.equal(["now allows AWS * kms:* on arn:aws:s3:::b/*"]);
    });
});
