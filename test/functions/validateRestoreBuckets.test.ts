import { expect } from "chai";

import { bucketsOf } from "../../functions/validate-restore/buckets";
import { type Call } from "./fakeAws";

/** S3, as far as the function uses it. */
function s3(answer: object) {
    const calls: Call[] = [];
    const send = ((command: { input: Record<string, unknown>; constructor: { name: string } }) => {
        calls.push({ region: "", name: command.constructor.name, input: command.input });
        return Promise.resolve(answer);
    }) as never;
    return { calls, send };
}

describe("validate-restore asks S3", () => {
    it("for some of a bucket's objects", async () => {
        const { calls, send } = s3({ Contents: [{ Key: "a", Size: 3 }, { Key: "b" }, { Size: 1 }] });
        expect(await bucketsOf({ send }).list("restored")).to.deep.equal([
            { key: "a", bytes: 3 },
            { key: "b", bytes: 0 },
        ]);
        expect(calls).to.deep.equal([
            { region: "", name: "ListObjectsV2Command", input: { Bucket: "restored", MaxKeys: 100 } },
        ]);
        expect(await bucketsOf(s3({})).list("empty")).to.deep.equal([]);
    });

    it("for an object's first byte, and reads it to the end", async () => {
        let isRead = false;
        const body = {
            transformToByteArray: () => {
                isRead = true;
                return Promise.resolve(new Uint8Array([0]));
            },
        };
        const { calls, send } = s3({ Body: body });
        await bucketsOf({ send }).touch("restored", "a");
        expect(isRead).to.equal(true);
        expect(calls.map(({ input }) => input)).to.deep.equal([
            { Bucket: "restored", Key: "a", Range: "bytes=0-0" },
        ]);
    });
});
