import { expect } from "chai";

import { Once } from "../../../policies/framework/once";

describe("what is made once", () => {
    it("is the same for everybody who asks by its key, undefined included", () => {
        const once = new Once<object, number | undefined>();
        const [one, other] = [{}, {}];
        const asked: object[] = [];
        const of = (key: object, value: number | undefined) =>
            once.get(key, () => {
                asked.push(key);
                return value;
            });
        expect([of(one, 1), of(one, 2), of(other, undefined), of(other, 3)]).to.deep.equal([
            1,
            1,
            undefined,
            undefined,
        ]);
        expect(asked).to.deep.equal([one, other]);
    });

    it("is not tried again where it failed, and fails with the same error", () => {
        const once = new Once<string, number>();
        const failure = new Error("not known yet");
        let tries = 0;
        const ask = (): unknown => {
            try {
                return once.get("key", () => {
                    tries += 1;
                    throw failure;
                });
            } catch (error) {
                return error;
            }
        };
        expect([ask(), ask()]).to.deep.equal([failure, failure]);
        expect(tries).to.equal(1);
    });
});
