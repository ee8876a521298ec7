import { expect } from "chai";
import { AccountBaseline } from "../../../../components/operations/accountBaseline/accountBaseline";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount, statements } from "../../../support/surroundings";

const ACCOUNT = "aws:apigateway/account:Account";

const baseline = (more: object = {}) =>
    previewProgram(
        () =>
            new AccountBaseline(
                "shop-account",
                { region: TEST_REGION, accountId: TEST_ACCOUNT, homeRegion: false, ...more },
                inTestAccount(),
            ),
    );

describe("AccountBaseline's role for the logs of API Gateway", () => {
    it("is made where it is asked for alone, and tried once it may write", async () => {
        expect(ofType(await baseline(), ACCOUNT)).to.deep.equal([]);
        expect(ofType(await baseline({ apiGatewayLogs: false }), ACCOUNT)).to.deep.equal([]);
        const preview = await baseline({ apiGatewayLogs: true });
        const role = one(preview, "aws:iam/role:Role", "shop-account-api-gateway-role");
        expect(statements(role, "assumeRolePolicy").ServiceAssumesRole?.Principal).to.deep.equal({
            Service: "apigateway.amazonaws.com",
        });
        const account = one(preview, ACCOUNT);
        expect(account.inputs).to.deep.equal({ region: TEST_REGION, cloudwatchRoleArn: role.outputs.arn });
        expect(account.dependencies).to.include(
            one(
                preview,
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                "shop-account-api-gateway-writes",
            ).urn,
        );
    });
});
