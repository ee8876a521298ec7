import * as aws from "@pulumi/aws";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";

export = async () => {
    const vpc = await aws.ec2.getVpc({ default: true });
    const subnets = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
    const ami = await aws.ec2.getAmi({
        mostRecent: true,
        owners: ["amazon"],
        filters: [{ name: "name", values: ["al2023-ami-2023.*-x86_64"] }],
    });
    const web = new aws.ec2.SecurityGroup("web", {
        vpcId: vpc.id,
        ingress: [80, 22].map((port) => ({
            protocol: "tcp",
            fromPort: port,
            toPort: port,
            cidrBlocks: ["0.0.0.0/0"],
        })),
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    const data = new aws.ec2.SecurityGroup("data", {
        vpcId: vpc.id,
        ingress: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, securityGroups: [web.id] }],
    });
    const password = new random.RandomPassword("database", { length: 20, special: false });
    const group = new aws.rds.SubnetGroup("database", { subnetIds: subnets.ids.slice(0, 2) });
    const database = new aws.rds.Instance("database", {
        engine: "mysql",
        engineVersion: "8.0",
        instanceClass: "db.t3.micro",
        allocatedStorage: 20,
        dbName: "wordpress",
        username: "wordpress",
        password: password.result,
        dbSubnetGroupName: group.name,
        vpcSecurityGroupIds: [data.id],
        skipFinalSnapshot: true,
    });
    const key = new tls.PrivateKey("admin", { algorithm: "ED25519" });
    const pair = new aws.ec2.KeyPair("admin", { publicKey: key.publicKeyOpenssh });
    const server = new aws.ec2.Instance("web", {
        ami: ami.id,
        instanceType: "t3.micro",
        keyName: pair.keyName,
        subnetId: subnets.ids[0],
        vpcSecurityGroupIds: [web.id],
        userData: pulumi.interpolate`#!/bin/bash
echo "DB_HOST=${database.address}" >> /etc/environment
dnf install -y httpd php mariadb105`,
    });
    const address = new aws.ec2.Eip("web", { instance: server.id, domain: "vpc" });
    const install = new command.remote.Command("install", {
        connection: { host: address.publicIp, user: "ec2-user", privateKey: key.privateKeyOpenssh },
        create: "curl -sSL https://wordpress.org/latest.tar.gz | tar xz -C /var/www/html",
    });
    return {
        url: pulumi.interpolate`http://${address.publicIp}`,
        installed: install.stdout.apply((text) => text.length),
        databasePassword: password.result,
        network: vpc.cidrBlock,
    };
};
