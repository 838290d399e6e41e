console.log("Helo, world!");
