import { expect } from "chai";

import { required, requiredNumber } from "../../functions/shared/environment";

const NAME = "MERIDIAN_TEST_VARIABLE";

describe("the environment of functions", () => {
    afterEach(() => {
        Reflect.deleteProperty(process.env, NAME);
    });

    it("has what is asked for, or says what it lacks", () => {
        process.env[NAME] = "value";
        expect(required(NAME)).to.equal("value");
        process.env[NAME] = "";
        expect(() => required(NAME)).to.throw(`the environment variable ${NAME} is not set`);
        Reflect.deleteProperty(process.env, NAME);
        expect(() => requiredNumber(NAME)).to.throw(`the environment variable ${NAME} is not set`);
    });

    it("has numbers that are numbers", () => {
        process.env[NAME] = "7";
        expect(requiredNumber(NAME)).to.equal(7);
        process.env[NAME] = "a week";
        expect(() => requiredNumber(NAME)).to.throw(
            `the environment variable ${NAME} is "a week" and not a number`,
        );
    });
});
