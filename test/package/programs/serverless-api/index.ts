import * as apigateway from "@pulumi/aws-apigateway";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const apiKey = new pulumi.Config().requireSecret("apiKey");
const notes = new aws.dynamodb.Table("notes", {
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
});
const role = new aws.iam.Role("notes", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("notes", {
    role,
    policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
const reader = new aws.lambda.Function("reader", {
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.AssetArchive({ ".": new pulumi.asset.FileArchive("./handler") }),
    environment: { variables: { TABLE: notes.name, API_KEY: apiKey } },
});
const writer = new aws.lambda.CallbackFunction("writer", {
    callback: async (event: { body?: string }) => {
        console.log(notes.name.get(), event.body);
        return { statusCode: 201, body: "" };
    },
});
const api = new apigateway.RestAPI("notes", {
    routes: [
        { path: "/notes", method: "GET", eventHandler: reader },
        { path: "/notes", method: "POST", eventHandler: writer },
    ],
});
const http = new aws.apigatewayv2.Api("notes", { protocolType: "HTTP", target: reader.invokeArn });
new aws.lambda.Permission("notes", {
    action: "lambda:InvokeFunction",
    function: reader,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${http.executionArn}/*/*`,
});

export const url = api.url;
export const httpUrl = http.apiEndpoint;
