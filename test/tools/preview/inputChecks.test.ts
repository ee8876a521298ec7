import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { suspiciousPart, suspiciousValues } from "../../../tools/preview/inputChecks";
import { previewProgram, testProvider } from "../../support/preview";

describe("values that nobody can have meant", () => {
    const bad: Record<string, [text: string, reads: string]> = {
        "nothing at all": ["undefined", "undefined"],
        "part of a name": ["shop-undefined-web", "undefined"],
        "the end of a name": ["shop-undefined", "undefined"],
        "part of an ARN": ["arn:aws:s3:::undefined/*", "undefined"],
        "the account of an ARN": ["arn:aws:iam::undefined:role/x", "undefined"],
        "part of a path": ["/meridian/undefined/database", "undefined"],
        "part of a host name": ["undefined.s3.amazonaws.com", "undefined"],
        "a host in a URL": ["https://undefined/x?y=1", "undefined"],
        "an element of a list in a text": ["a,undefined,b", "undefined"],
        "an object": ["prefix-[object Object]", "[object Object]"],
        "a promise": ["[object Promise]", "[object Promise]"],
        "an output": [
            "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value",
            "Calling [toString]",
        ],
        "an output as JSON": [
            '{"a":"Calling [toJSON] on an [Output<T>] is not supported."}',
            "Calling [toString]",
        ],
        "a policy's resource": ['{"Statement":[{"Resource":["arn:aws:sqs:eu:1:undefined"]}]}', "undefined"],
        "a policy's key": ['{"Condition":{"StringEquals":{"undefined":"x"}}}', "undefined"],
        "an ARN in a script": ["aws s3 cp s3://undefined/key . && echo done", "undefined"],
        "a variable in a script": ["#!/bin/sh\nexport REGION=undefined\n", "undefined"],
        "a quoted variable in a script": ['docker run -e "REGION=undefined" image', "undefined"],
        "a path in a script": ["aws ssm get-parameter --name /shop/undefined/host", "undefined"],
    };
    for (const [name, [text, reads]] of Object.entries(bad)) {
        it(`are found where undefined, or an object, is ${name}`, () => {
            expect(suspiciousPart(text)).to.equal(reads);
        });
    }

    const good: Record<string, string> = {
        "a word in prose": "What happens is undefined, or left to the caller.",
        "a word at the end of prose": "the result is undefined",
        "a comparison in code": "function handler(event) { if (event.x === undefined) { return event; } }",
        "an assignment in code": "var a = undefined; let b=undefined; return undefined;",
        "a regular expression in code": "if (/undefined/.test(x)) { return 1; }",
        "part of another word": "isUndefined undefinedness",
        "a name in capitals": "UNDEFINED_BEHAVIOUR",
        "prose in a document": '{"markdown":"Behaviour is undefined before the first deployment"}',
        "an array in a text": "[1, 2] and [object] and Calling [home]",
        "text that begins like JSON": "[eu] undefined behaviour {here}",
        "a variable that is set in a script": 'if [ "$X" = undefined ]; then echo no; fi',
    };
    for (const [name, text] of Object.entries(good)) {
        it(`are not ${name}`, () => {
            expect(suspiciousPart(text)).to.equal(undefined);
        });
    }

    it("are found wherever they are, with the path of each", () => {
        expect(
            suspiciousValues({
                name: "fine",
                tags: { owner: "undefined", "undefined-key": "x" },
                rules: [{ id: "a" }, { id: "b-undefined" }],
                count: 3,
                missing: null,
            }),
        ).to.deep.equal([
            { path: "tags.owner", reads: "undefined" },
            { path: "tags.undefined-key", reads: "undefined-key" },
            { path: "rules[1].id", reads: "undefined" },
        ]);
    });

    it("are found in user data, which is in base 64", () => {
        const encoded = (text: string) => Buffer.from(text).toString("base64");
        expect(suspiciousValues({ userData: encoded("#!/bin/sh\nexport IMAGE=undefined\n") })).to.deep.equal([
            { path: "userData", reads: "undefined" },
        ]);
        expect(
            suspiciousValues({ userData: encoded("#!/bin/sh\n# undefined is a word here\n") }),
        ).to.deep.equal([]);
    });

    it("fail the preview with the resource and the property, and do not show the value", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const missing = {} as { name?: string };
            new aws.s3.Bucket(
                "files",
                { tags: { secret: pulumi.secret(`hush-${String(missing.name)}`), owner: "team" } },
                { provider },
            );
        });
        expect(preview.error).to.deep.equal({
            message:
                'tags.secret reads "undefined": a value was missing, or was not awaited, when the text was put together',
            urn: "urn:pulumi:test::meridian::aws:s3/bucket:Bucket::files",
        });
    });

    it("fail the preview in a component's arguments, too", async () => {
        const preview = await previewProgram(() => {
            new pulumi.ComponentResource("meridian:index:Thing", "thing", {
                host: "a.undefined.example.com",
            });
        });
        expect(preview.error?.urn).to.equal("urn:pulumi:test::meridian::meridian:index:Thing::thing");
    });

    it("fail the preview in a function's arguments, too", async () => {
        const preview = await previewProgram(async () => {
            await aws.ssm.getParameter({ name: "/shop/undefined/host" }, { provider: testProvider() });
        });
        expect(preview.error?.message).to.match(
            /^aws:ssm\/getParameter:getParameter: name reads "undefined"/,
        );
    });

    it("are left to programs in an archive, and found in its other files", async () => {
        const functionOf = (file: string) =>
            previewProgram(() => {
                const code = new pulumi.asset.AssetArchive({
                    [file]: new pulumi.asset.StringAsset("case '[object ArrayBuffer]': return"),
                });
                const made = {
                    code,
                    handler: "index.handler",
                    runtime: "nodejs24.x",
                    role: "arn:aws:iam::1:role/a",
                };
                new aws.lambda.Function("answers", made, { provider: testProvider() });
            });
        expect((await functionOf("index.js")).error).to.equal(undefined);
        expect((await functionOf("settings.json")).error?.message).to.contain("[object ArrayBuffer]");
    });

    it("fail the preview where an output was put into a text", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            // The compiler sees this mistake only where it knows that the value is an output.
            const arn = bucket.arn as unknown as string;
            new aws.ssm.Parameter("where", { type: "String", description: `it is ${arn}` }, { provider });
        });
        expect(preview.error?.message).to.match(/^description reads "Calling \[toString\]"/);
    });
});
